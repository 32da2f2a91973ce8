/* minding: what the till does by itself while nobody looks: notices midnight and a clock
 * that goes back, keeps the write-ahead log small, counts what waits. */
#pragma once

#include "app/till.h"

void minding_start(Till *till);
void minding_stop(Till *till);
/* Looks at the clock now: against the hub's, against what is on file, against itself. */
void minding_judge_clock(Till *till);
/* The hub told its time: when ours is near it, whatever was odd before is settled. */
void minding_trust_hub(Till *till);
/* A verb of a person begins: what the last one said is forgotten, background work waits.
 */
void minding_begin_deed(Till *till);
/* Somebody is at it, without a verb yet (a key): the till does not lock itself. */
void minding_stay_awake(Till *till);
