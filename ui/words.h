/* words: the one place where an enum becomes a sentence. GTK-free, so that scenes read
 * the same words as clerks do. Strings are static unless marked (transfer full). */
#pragma once

#include "app/till.h"

/* Takes the words from the catalogue of @language ("zh_CN", "en"; NULL or "": as the
 * environment says). May be called again to change the language; main thread. */
void words_start(const char *language);
const char *words_language(void); /* "zh_CN" or "en": what is spoken now */

/* Marks a word in a table for translation: one that counts has two forms. */
#define N_PAIR(one, many) one, many

/* A message: what is wrong or done, and what to do about it. Owned; either may be "". */
typedef struct {
  char *say;
  char *more;
} Words;
void words_clear(Words *words);
Words words_notice(const Notice *notice);
Words words_rule(const RuleAnswer *answer, const char *what);

/* What a gate asks for, in two or three words: "Review line 1" (transfer full). @row is a
 * position in the sale; -1: the whole ticket. */
char *words_gate(const RuleAnswer *answer, int row);

const char *words_class_chip(LegalClass legal_class,
                             SpecialGroup special); /* "Rx", "械" */
/* The chip's shape, a class of style.css: "rx", "otca" … */
const char *words_class_style(LegalClass legal_class, SpecialGroup special);
const char *words_class(LegalClass legal_class); /* in full */
const char *words_special(SpecialGroup special); /* "" for none */
const char *words_storage(Storage storage);
const char *words_role(Role role);
const char *words_right(Right right); /* one bit */
const char *words_tender(TenderKind kind);
const char *words_discount(DiscountReason reason);
const char *words_barcode(BarcodeKind kind);
const char *words_lot_state(LotState state);
const char *words_line(SyncLine line); /* to central: "online" … */
/* The worst of @state, "ready" when all is well. */
const char *words_device_state(DeviceState state);
/* Where a price comes from: "shelf" → "shelf price" (transfer full); unknown ones as is.
 */
char *words_price_source(const char *price_source);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Words, words_clear)
