/* check_words: the self-check and the devices in words. GTK-free. */
#pragma once

#include "app/self_check.h"

const char *check_words_item(CheckItem item); /* "Receipt printer" */
/* "copied 2026-11-21 21:04", "no paper" (transfer full). */
char *check_words_finding(const CheckLine *line);
/* What to do about it, "" when there is nothing to do. */
const char *check_words_advice(const CheckLine *line);
/* The mark and the class of style.css that go with a grade: "✓" and "ok". */
const char *check_words_mark(CheckGrade grade);
const char *check_words_style(CheckGrade grade);
