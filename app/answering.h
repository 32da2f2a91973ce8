/* answering: the commands that look and change nothing: explain, search, verify, decode.
 * They may run beside the window. */
#pragma once

#include "app/command_line.h"

void answering_explain(const CommandLine *line, CommandAnswer *answer);
void answering_search(const CommandLine *line, CommandAnswer *answer);
void answering_verify(const CommandLine *line, CommandAnswer *answer);
void answering_decode(const CommandLine *line, CommandAnswer *answer);
