/* article_words: words of lists that stand for the trade's kinds. Pure. */
#pragma once

#include <stdbool.h>

#include "app/domain/product.h"

/* 处方药, RX, 甲类 … @ret_is_unclear: it says non-prescription without saying which: the
 * stricter one is taken. @return false for words that mean no class. */
bool words_class(const char *text, LegalClass *ret, bool *ret_is_unclear);
/* The class that an approval number itself tells of (械注准…2…, 国食健注…); CLASS_UNKNOWN
 * when it tells none. */
LegalClass words_class_of_approval(const char *approval);
bool words_special(const char *text, SpecialGroup *ret);
bool words_storage(const char *text, Storage *ret);
bool words_measure(const char *text, Measure *ret);
/* "g", "10g", "500ml", "公斤": its measure and base units. @return false for a count. */
bool words_unit(const char *unit, Measure *ret_measure, Quantity *ret_base);
/* Has @approval a form that China's authorities use? */
bool words_is_approval(const char *approval);
