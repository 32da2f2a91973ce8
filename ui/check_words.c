#include "ui/check_words.h"

#include <glib/gi18n.h>

#include "app/base/clock.h"
#include "ui/format.h"

const char *
check_words_item(CheckItem item)
{
  switch (item) {
  case CHECK_BOOKS:
    return _("Books");
  case CHECK_ARTICLES:
    return _("Articles");
  case CHECK_CLOCK:
    return _("Clock");
  case CHECK_SCANNER:
    return _("Scanner");
  case CHECK_PRINTER:
    return _("Receipt printer");
  case CHECK_CENTRAL:
    return _("Line to central");
  case N_CHECKS:
    break;
  }
  return "";
}

/* Findings that are the same whatever the number; NULL: worded by counted(). */
static const char *
plain(CheckFinding finding)
{
  switch (finding) {
  case FOUND_NO_BACKUP:
    return _("no copy made yet");
  case FOUND_UP_TO_DATE:
    return _("up to date");
  case FOUND_NO_ARTICLES:
    return _("none here yet");
  case FOUND_CLOCK_UNKNOWN:
    return _("not compared yet");
  case FOUND_NO_DEVICE:
    return _("none set up");
  case FOUND_READY:
    return _("ready");
  case FOUND_GONE:
    return _("not connected");
  case FOUND_PAPER_OUT:
    return _("no paper");
  case FOUND_PAPER_LOW:
    return _("paper runs low");
  case FOUND_COVER_OPEN:
    return _("cover open");
  case FOUND_CUTTER_JAM:
    return _("cutter jammed");
  case FOUND_HOT:
    return _("too warm");
  case FOUND_BROKEN:
    return _("out of order");
  case FOUND_ONLINE:
    return _("online, all sent");
  case FOUND_TRYING:
    return _("calling");
  case FOUND_REFUSED:
    return _("refuses this till");
  case FOUND_NOT_ENROLLED:
    return _("not enrolled");
  default:
    return NULL;
  }
}

static char *
clock_words(int64_t ahead_us)
{
  g_autofree char *off = format_span(ABS(ahead_us));
  int64_t tenths = (ABS(ahead_us) + 50 * G_TIME_SPAN_MILLISECOND) / 100000;
  if (tenths < 600)
    return g_strdup_printf(
        _("%d.%d s off central's"), (int)(tenths / 10), (int)(tenths % 10));
  return ahead_us > 0 ? g_strdup_printf(_("%s behind central's"), off)
                      : g_strdup_printf(_("%s ahead of central's"), off);
}

static char *
counted(const CheckLine *line)
{
  g_autofree char *count = format_count(line->number);
  gulong n = (gulong)line->number;
  switch (line->finding) {
  case FOUND_BACKUP: {
    g_autofree char *when = format_time(line->number, clock_utc_offset_s(line->number));
    return g_strdup_printf(_("checked copy of %s"), when);
  }
  case FOUND_CATCHING_UP:
    return g_strdup_printf(ngettext("%s change to come", "%s changes to come", n), count);
  case FOUND_CLOCK_AGREES:
  case FOUND_CLOCK_OFF:
    return clock_words(line->number);
  case FOUND_WAITING:
    return g_strdup_printf(
        ngettext("online, %s on its way", "online, %s on their way", n), count);
  case FOUND_OFFLINE:
    if (line->number == 0)
      return g_strdup(_("no answer"));
    return g_strdup_printf(
        ngettext("no answer, %s waits here", "no answer, %s wait here", n), count);
  default:
    return g_strdup("");
  }
}

char *
check_words_finding(const CheckLine *line)
{
  const char *text = plain(line->finding);
  return text ? g_strdup(text) : counted(line);
}

const char *
check_words_advice(const CheckLine *line)
{
  switch (line->finding) {
  case FOUND_NO_BACKUP:
    return _("Closing the shift makes one.");
  case FOUND_NO_ARTICLES:
    return _("They come from central as soon as it answers.");
  case FOUND_CLOCK_OFF:
    return _("Set the clock of this computer.");
  case FOUND_NO_DEVICE:
    return line->item == CHECK_SCANNER
               ? _("A scanner that types like a keyboard needs no set-up.")
               : _("Receipts wait until a printer is set up.");
  case FOUND_GONE:
    return _("Check its plug; it is tried again by itself.");
  case FOUND_PAPER_OUT:
    return _("Put a roll in and shut the cover; what waits is printed then.");
  case FOUND_PAPER_LOW:
    return _("Have a roll at hand.");
  case FOUND_COVER_OPEN:
    return _("Shut the cover; what waits is printed then.");
  case FOUND_CUTTER_JAM:
    return _("Open the cover, free the blade, shut it again.");
  case FOUND_HOT:
    return _("Let it cool; it goes on by itself.");
  case FOUND_BROKEN:
    return _("Switch it off and on again.");
  case FOUND_OFFLINE:
    return _("Selling goes on; everything is sent when the line is back.");
  case FOUND_REFUSED:
    return _("Call the support: this till must be let in again.");
  case FOUND_NOT_ENROLLED:
    return _("Enrol this till with a code from central.");
  default:
    return "";
  }
}

const char *
check_words_mark(CheckGrade grade)
{
  switch (grade) {
  case CHECK_OK:
    return "✓";
  case CHECK_WARN:
    return "!";
  case CHECK_BAD:
    return "×";
  case CHECK_QUIET:
    break;
  }
  return "–";
}

const char *
check_words_style(CheckGrade grade)
{
  switch (grade) {
  case CHECK_OK:
    return "ok";
  case CHECK_WARN:
    return "no";
  case CHECK_BAD:
    return "bad";
  case CHECK_QUIET:
    break;
  }
  return "quiet";
}
