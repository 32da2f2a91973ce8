/* Pinyin table: the initial of each Chinese character's most used reading. */
#pragma once

#include <stdint.h>

#define PINYIN_FIRST_CHAR 0x3400
#define PINYIN_LAST_CHAR  0x9FFF

/* By code point from PINYIN_FIRST_CHAR on; '-' for no reading. */
extern const char PINYIN_FIRST[PINYIN_LAST_CHAR - PINYIN_FIRST_CHAR + 2];

/* The few official characters outside that range, ascending. */
typedef struct {
  uint32_t character;
  char initial;
} PinyinRare;

extern const PinyinRare PINYIN_RARE[];
extern const int PINYIN_N_RARE;
