/* CodeFrame: a stream of characters cut into codes: at CR, LF or Tab, or at silence.
 * Pure; wedges and serial scanners share it. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#define CODE_FRAME_LONGEST    4096  /* bytes of one code; the rest is cut off */
#define CODE_FRAME_SILENCE_US 50000 /* ends a code that has no suffix */

typedef struct CodeFrame CodeFrame;

CodeFrame *code_frame_new(int64_t silence_us);
void code_frame_free(CodeFrame *frame); /* NULL is fine */

void
code_frame_hear(CodeFrame *frame, const uint8_t *bytes, gsize length, int64_t now_us);
/* The next whole code (transfer full), never empty; NULL: none. Call it until then.
 * Silence counts only when all that came was heard: take what waits in the cable first.
 */
GBytes *code_frame_take(CodeFrame *frame, int64_t now_us);
/* When silence would end what has begun; 0: nothing has. */
int64_t code_frame_due_us(const CodeFrame *frame);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(CodeFrame, code_frame_free)
