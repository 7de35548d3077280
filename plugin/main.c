/* SPDX-License-Identifier: MIT
 *
 * The program: hands argv to the driver's table of commands.
 */
#include "driver.h"

int main(int argc, char **argv)
{
    return driver_main(argc, argv);
}
