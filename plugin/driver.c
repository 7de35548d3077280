/* SPDX-License-Identifier: MIT */
#include "driver.h"

#include "support/support.h"

int driver_main(int argc, char **argv)
{
    (void)argv;
    if (argc < 2) fputs("usage: recount COMMAND [ARGUMENT...]\n", stderr);
    return EXIT_USAGE;
}
