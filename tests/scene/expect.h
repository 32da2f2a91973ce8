/* expect: the steps that look: screen, paper, stock, central's books, proofs. What takes
 * time by nature (central hears, paper comes) is looked at again until a deadline. */
#pragma once

#include "tests/scene/stage.h"

bool expect_do(Stage *stage, const Step *step, bool *ret_done); /* as world_do() */
