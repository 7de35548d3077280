/* SPDX-License-Identifier: MIT
 *
 * recount contracts: importers and checks of contract headers.
 */
#include "driver_p.h"

int command_contracts(invocation *in)
{
    driver_error("contracts: %s is not available in this version [contracts-unavailable]",
                 in->args.n ? in->args.at[0] : "without an action");
    return EXIT_USAGE;
}
