/* Any program's print job on the virtual printer: the first byte says in how many pieces
 * it arrives. */
#include "drivers/paper.h"

#include <string.h>

#include "tests/fuzz/fuzz.h"

static char *
print_in_pieces(const uint8_t *bytes, size_t length, size_t piece)
{
  Paper *paper = paper_new(48, 576);
  for (size_t at = 0; at < length; at += piece)
    paper_feed(paper, bytes + at, MIN(piece, length - at));
  PROMISE(paper_pulses(paper) >= 0 && paper_cuts(paper) >= 0);
  char *text = paper_text(paper);
  paper_free(paper);
  return text;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
  if (length < 2)
    return 0;
  g_autofree char *whole = print_in_pieces(bytes + 1, length - 1, length);
  g_autofree char *pieces = print_in_pieces(bytes + 1, length - 1, bytes[0] % 16 + 1);
  PROMISE(g_utf8_validate(whole, -1, NULL));
  PROMISE(strcmp(whole, pieces) == 0);
  return 0;
}
