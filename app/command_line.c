#include "app/command_line.h"

#include <glib/gi18n.h>

#include "app/answering.h"
#include "app/answering_devices.h"
#include "app/folder.h"
#include "app/keeping.h"
#include "app/papering.h"

static const CommandVerb VERBS[] = {
    {"explain",
     "CODE…",
     N_("Say what the till makes of a scan"),
     N_("Its kind, check digit and fields, what it means in each place of the till, the "
        "article it names, and why it is refused where it is. The symbol for the GS1 "
        "separator may be typed as ^.\n\n"
        "  guitai explain 6901234567892\n"
        "  guitai explain '(01)06901234567892(17)270831(10)A1'")},
    {"search",
     "TEXT",
     N_("List the articles that the search box would list, in its order"),
     N_("TEXT as a clerk types it: initials, name, brand, maker, approval number, "
        "article "
        "number, last digits of a barcode. Ends with 1 when nothing is found.")},
    {"verify",
     "",
     N_("Let the books prove themselves"),
     N_("Checks the chains of the audit log and of what central hears, stock against its "
        "movements, sums of sales, numbers without gaps, and the files themselves. Ends "
        "with "
        "1 and names the first bad row when something is wrong.")},
    {"backup", "", N_("Copy the books beside themselves, checked"), NULL},
    {"restore",
     "[FILE]",
     N_("Put a backup in the place of damaged books"),
     N_("Without FILE the newest sound one. The file that was there is kept under "
        "another "
        "name. The till goes on with new receipt numbers, so that none is used twice. "
        "The "
        "window must be closed.")},
    {"devices",
     "[VID:PID…]",
     N_("List what is plugged in, what it is used for, and what is wrong with it"),
     N_("Asks each device that is set up whether it answers, unless the window has "
        "it.\n\n"
        "With --udev: the rules that let whoever sits at the till open its devices, with "
        "those of this till and of VID:PID added:\n\n"
        "  guitai devices --udev | sudo tee /etc/udev/rules.d/70-guitai.rules")},
    {"import",
     "FILE…",
     N_("Apply pages of central's feeds from files"),
     N_("For a till without a line, or before the first contact: FILE is the answer that "
        "the "
        "hub gives to /v1/feed/cat or /v1/feed/store, brought on a stick. Pages must "
        "follow "
        "what the till has already, without a gap; a page that does not is refused "
        "whole. "
        "The chain's own lists are read at the hub: guitai-hub import. The window must "
        "be "
        "closed.")},
    {"enrol",
     "",
     N_("Make this folder a till of a store"),
     N_("With a one-time code that the hub gave out (guitai-hub till).")},
    {"decode",
     "FILE…",
     N_("Read the barcodes in pictures"),
     N_("Says file, symbology and text of every code, with tabs between; FNC1 as ^. Ends "
        "with 1 when there is no code, with 3 when a file could not be read.")},
    {"paper",
     "STREAM",
     N_("Show what a receipt printer would put on paper"),
     N_("STREAM is a file of ESC/POS bytes of any program, \"-\" what comes in. Says it "
        "as text; pictures and codes stand in brackets. Ends with 1 when nothing would "
        "be on the paper.\n\n"
        "  guitai paper receipt.bin --png receipt.png")},
    {NULL},
};

static const CommandOption OPTIONS[] = {
    {"--hub", "URL", "enrol", N_("Where the hub listens, like https://hub.example:8790")},
    {"--code", "CODE", "enrol", N_("The one-time code")},
    {"--png", "FILE", "paper", N_("Draw the paper, as dots of a thermal printer")},
    {"--text", NULL, "paper", N_("Say the text too, beside --png")},
    {"--width", "MM", "paper", N_("Of the roll: 58 or 80; 80 otherwise")},
    {"--max", "N", "search", N_("List at most N articles; 24 otherwise")},
    {"--json", NULL, NULL, N_("Answer in JSON")},
    {"--shop",
     "DIR",
     NULL,
     N_("The till's folder; otherwise guitai in the user's data folder")},
    {"--lang", "LANG", NULL, N_("zh_CN or en; otherwise as the till is set")},
    {"--virtual-counter", NULL, NULL, N_("Open the virtual counter beside the window")},
    {"--udev", NULL, "devices", N_("Print the rules of udev instead")},
    {"--scanner",
     "ADDRESS",
     NULL,
     N_("This scanner instead of the one that is set, like sim-scanner: or "
        "hid-scanner:usb:0c2e:0b61; \"\" for none")},
    {"--scanner-2", "ADDRESS", NULL, N_("Likewise the second scanner")},
    {"--printer", "ADDRESS", NULL, N_("Likewise the receipt printer")},
    {"--id-reader", "ADDRESS", NULL, N_("Likewise the ID-card reader")},
    {"--label", "ADDRESS", NULL, N_("Likewise the label printer")},
    {"--pole", "ADDRESS", NULL, N_("Likewise the customer display")},
    {"--scale", "ADDRESS", NULL, N_("Likewise the scale")},
    {"--card-reader", "ADDRESS", NULL, N_("Likewise the IC-card reader")},
    {"--camera", "ADDRESS", NULL, N_("Likewise the camera")},
    {"--full-screen", NULL, NULL, N_("Take the whole screen")},
    {"--exit-when-ready",
     NULL,
     NULL,
     N_("Open the window only until it can be used; say ready, and the memory in KiB")},
    {NULL},
};

static const CommandSection SECTIONS[] = {
    {N_("Files"),
     N_("  store.db      the books: sales, stock, what central must hear\n"
        "  catalogue.db  articles, prices and staff, as central sent them\n"
        "  device.key    this till's secret; never copy it\n"
        "  backups/      copies of store.db")},
    {N_("Exit status"),
     N_("  0  done\n"
        "  1  something is wrong with what was looked at, or nothing found\n"
        "  2  the command line is wrong\n"
        "  3  it could not be done")},
    {NULL},
};

const CommandPage COMMAND_PAGE = {
    .program = "guitai",
    .summary = N_("the counter of a pharmacy"),
    .description =
        N_("Without a command it opens the till's window. The commands are for "
           "support and for scripts; each also answers in JSON."),
    .verbs = VERBS,
    .options = OPTIONS,
    .sections = SECTIONS,
};

static const struct {
  const char *name;
  void (*run)(const CommandLine *line, CommandAnswer *answer);
  guint least, most; /* arguments */
} RUN[] = {
    {"explain", answering_explain, 1, G_MAXUINT},
    {"search", answering_search, 1, G_MAXUINT},
    {"verify", answering_verify, 0, 0},
    {"backup", keeping_backup, 0, 0},
    {"restore", keeping_restore, 0, 1},
    {"devices", answering_devices, 0, G_MAXUINT},
    {"import", keeping_import, 1, G_MAXUINT},
    {"enrol", keeping_enrol, 0, 0},
    {"decode", answering_decode, 1, G_MAXUINT},
    {"paper", papering_show, 1, 1},
};

static const char *
words(const char *text)
{
  return _(text);
}

void
command_answer_clear(CommandAnswer *answer)
{
  if (answer->out)
    g_string_free(answer->out, TRUE);
  if (answer->err)
    g_string_free(answer->err, TRUE);
  *answer = (CommandAnswer){NULL};
}

bool
command_line_wants_window(const CommandLine *line)
{
  return !line->verb && !command_option(line, "--help") &&
         !command_option(line, "--man") && !command_option(line, "--version");
}

char *
command_line_folder(const CommandLine *line)
{
  const char *folder = command_option(line, "--shop");
  return folder ? g_strdup(folder) : folder_default();
}

static void
take_text(CommandAnswer *answer, char *text)
{
  g_string_append(answer->out, text);
  g_free(text);
}

static void
run_verb(const CommandLine *line, CommandAnswer *answer)
{
  for (gsize i = 0; i < G_N_ELEMENTS(RUN); i++) {
    if (!g_str_equal(RUN[i].name, line->verb->name))
      continue;
    guint n = line->arguments->len;
    if (n >= RUN[i].least && n <= RUN[i].most) {
      RUN[i].run(line, answer);
      return;
    }
  }
  answer->status = 2;
  g_string_append_printf(
      answer->err, "guitai %s %s\n", line->verb->name, line->verb->arguments);
}

CommandAnswer
command_line_run(const CommandLine *line)
{
  CommandAnswer answer = {g_string_new(NULL), g_string_new(NULL), 0};

  if (command_option(line, "--version"))
    g_string_append(answer.out, "guitai " GUITAI_VERSION "\n");
  else if (command_option(line, "--man"))
    take_text(&answer, command_man(&COMMAND_PAGE, words));
  else if (command_option(line, "--help") || !line->verb)
    take_text(&answer,
              line->verb ? command_help_for(&COMMAND_PAGE, words, line->verb->name)
                         : command_help(&COMMAND_PAGE, words));
  else
    run_verb(line, &answer);
  return answer;
}
