-- SPDX-License-Identifier: MIT
-- Which fields can form cycles, which weak field would break each, and what the collector has freed of it.
SELECT cycle, suggested_weak, length, collected, sites FROM v_cycle_seen ORDER BY collected DESC, length, cycle;
