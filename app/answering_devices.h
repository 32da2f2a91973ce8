/* answering_devices: `guitai devices`: what is plugged in, what it is used for, how it
 * is, what to do; and the rules of udev for this till. Changes nothing; while the window
 * runs, it is not disturbed. */
#pragma once

#include "app/command_line.h"

void answering_devices(const CommandLine *line, CommandAnswer *answer);
