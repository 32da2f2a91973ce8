/* papering: `guitai paper`: what a receipt printer would put on paper for a stream of
 * ESC/POS bytes, anybody's. */
#pragma once

#include "app/command_line.h"

void papering_show(const CommandLine *line, CommandAnswer *answer);
