/* SPDX-License-Identifier: MIT
 *
 * driver: the one place that sees every stage; commands, and one translation unit's way through all stages.
 */
#ifndef RECOUNT_DRIVER_H
#define RECOUNT_DRIVER_H

/* Runs the command that argv names; the exit status of the program (support.h). */
int driver_main(int argc, char **argv);

#endif
