/* Notice: one message for the message bar, as a number with its particulars; ui/words
 * turns it into a sentence that says what is wrong and what to do, in the user's
 * language. */
#pragma once

#include <glib.h>
#include <stdint.h>

#include "app/domain/barcode.h"
#include "app/domain/rules.h"
#include "app/notice_id.h"

typedef enum { NOTICE_QUIET, NOTICE_INFO, NOTICE_WARN, NOTICE_BLOCK } NoticeKind;

typedef struct {
  NoticeKind kind;
  NoticeId id;
  char *what; /* owned (nullable) */
  int64_t number;
  int line;        /* 1-based line of the sale it is about; 0: none */
  RuleAnswer rule; /* NOTICE_RULE */
  BarcodeKind barcode_kind;
} Notice;

void notice_clear(Notice *notice);
