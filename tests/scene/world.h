/* world: the steps that set the scene up or change the world around the till: what is
 * given, the clock, the line, the hub, power. */
#pragma once

#include "tests/scene/stage.h"

/* @ret_done: false when @step is none of these. @return as stage_do(). */
bool world_do(Stage *stage, const Step *step, bool *ret_done);
