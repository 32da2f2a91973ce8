/* blackout: the block "power cut at every write while … end". */
#pragma once

#include "tests/scene/stage.h"

/* Plays the block that begins at @scene->steps[@begin]; @ret_end: the index of its "end".
 * The line is cut meanwhile: each play begins from the same copy of the till. */
bool blackout_play(Stage *stage, const Scene *scene, guint begin, guint *ret_end);
bool blackout_begins(const Step *step);
