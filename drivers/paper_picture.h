/* paper_picture: a piece of paper drawn as thermal dots. */
#pragma once

#include "drivers/paper_roll.h"

/* A PNG; 32 dots of margin on each side, the last 32,000 dots of the length. */
bool paper_picture_save(const PaperRoll *roll, const char *path, GError **error);
