/* supply: the articles, stock and staff of a scene, given as steps and imported at the
 * hub as lists, the way a chain would. */
#pragma once

#include "tests/scene/stage.h"

bool supply_do(Stage *stage, const Step *step, bool *ret_done); /* as world_do() */
bool supply_import(Stage *stage);      /* what was given since the last time */
bool supply_demo(Stage *stage);        /* gives the demo shop's lists */
bool supply_has_arrived(Stage *stage); /* does the till hold stock that was given? */
