/* keeping: the commands that write: backup, restore, import, enrol. */
#pragma once

#include "app/command_line.h"

void keeping_backup(const CommandLine *line, CommandAnswer *answer);
void keeping_restore(const CommandLine *line, CommandAnswer *answer);
void keeping_import(const CommandLine *line, CommandAnswer *answer);
void keeping_enrol(const CommandLine *line, CommandAnswer *answer);
