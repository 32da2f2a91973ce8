/* Uid: a 128-bit id ordered by time: 48 bits of ms, then random. 32 hex digits + NUL. */
#pragma once

#include <stdint.h>

void uid_new(int64_t now_us, char ret_uid[33]);
