#include "app/base/command.h"

#include <string.h>

#define HELP_COLUMNS 78
#define HELP_INDENT  26

/* Marks what the caller's gettext will be asked for; this layer has none of its own. */
#define N_(text) text

static const CommandOption ALWAYS[] = {
    {"--help", NULL, NULL, N_("Show this help, or that of a command")},
    {"--man", NULL, NULL, N_("Write the manual page (roff) to standard output")},
    {"--version", NULL, NULL, N_("Show the version")},
    {NULL},
};

G_DEFINE_QUARK(guitai - command - error, command_error)

static const char *
same(const char *text)
{
  return text;
}

static const CommandVerb *
verb_named(const CommandPage *page, const char *name)
{
  for (const CommandVerb *v = page->verbs; v && v->name; v++)
    if (g_str_equal(v->name, name))
      return v;
  return NULL;
}

static bool
is_continuation(char c)
{
  return ((unsigned char)c & 0xc0) == 0x80;
}

static int
width(const char *text, gsize length)
{
  int columns = 0;
  for (const char *p = text; p < text + length; p = g_utf8_next_char(p))
    columns += g_unichar_iswide(g_utf8_get_char(p)) ? 2 : 1;
  return columns;
}

/* The next piece that must not be broken: a word, or one wide character. */
static gsize
piece_length(const char *text)
{
  if (g_unichar_iswide(g_utf8_get_char(text)))
    return (gsize)(g_utf8_next_char(text) - text);
  gsize n = 0;
  while (text[n] && text[n] != ' ' && text[n] != '\n' &&
         (is_continuation(text[n]) || !g_unichar_iswide(g_utf8_get_char(text + n))))
    n++;
  return n;
}

static void
wrap(GString *out, const char *text, int indent, int column)
{
  while (*text) {
    bool blank = *text == ' ' || *text == '\n';
    text += strspn(text, " \n");
    gsize n = *text ? piece_length(text) : 0;
    int w = width(text, n);
    if (column > indent && column + w + blank > HELP_COLUMNS) {
      g_string_append_printf(out, "\n%*s", indent, "");
      column = indent;
    } else if (blank && column > indent) {
      g_string_append_c(out, ' ');
      column++;
    }
    g_string_append_len(out, text, (gssize)n);
    column += w;
    text += n;
  }
  g_string_append_c(out, '\n');
}

static void
entry(GString *out, int indent, const char *left, const char *text)
{
  int column = indent + width(left, strlen(left));
  g_string_append_printf(out, "%*s%s", indent, "", left);
  if (column >= HELP_INDENT) {
    g_string_append_c(out, '\n');
    column = 0;
  }
  g_string_append_printf(out, "%*s", HELP_INDENT - column, "");
  wrap(out, text, HELP_INDENT, HELP_INDENT);
}

/* Paragraphs flow; lines that begin with two blanks stand. */
static void
paragraphs(GString *out, const char *text, int indent)
{
  g_auto(GStrv) parts = g_strsplit(text, "\n", -1);
  g_autoptr(GString) flow = g_string_new(NULL);
  for (guint i = 0;; i++) {
    bool stands = parts[i] && g_str_has_prefix(parts[i], "  ");
    bool flows = parts[i] && *parts[i] && !stands;
    if (!flows && flow->len) {
      g_string_append_printf(out, "%*s", indent, "");
      wrap(out, flow->str, indent, indent);
      g_string_truncate(flow, 0);
    }
    if (!parts[i])
      return;
    if (flows)
      g_string_append_printf(flow, "%s%s", flow->len ? " " : "", parts[i]);
    else if (stands)
      g_string_append_printf(out, "%*s%s\n", indent, "", parts[i]);
    else
      g_string_append_c(out, '\n');
  }
}

static void
options_of(GString *out,
           int indent,
           const CommandOption *options,
           const char *verb,
           CommandWords words)
{
  for (const CommandOption *o = options; o && o->name; o++) {
    if (g_strcmp0(o->verb, verb))
      continue;
    g_autofree char *left = g_strconcat(
        o->name, o->argument ? " " : "", o->argument ? o->argument : "", NULL);
    entry(out, indent, left, words(o->text));
  }
}

char *
command_help(const CommandPage *page, CommandWords words)
{
  GString *out = g_string_new(NULL);
  words = words ? words : same;
  g_string_append_printf(out, "%s: %s\n\n", page->program, words(page->summary));
  paragraphs(out, words(page->description), 0);
  g_string_append_printf(out, "\n%s\n", words(N_("Commands:")));
  for (const CommandVerb *v = page->verbs; v && v->name; v++) {
    g_autofree char *left =
        g_strconcat(v->name, *v->arguments ? " " : "", v->arguments, NULL);
    entry(out, 2, left, words(v->summary));
    options_of(out, 6, page->options, v->name, words);
  }
  g_string_append_printf(out, "\n%s\n", words(N_("Options:")));
  options_of(out, 2, page->options, NULL, words);
  options_of(out, 2, ALWAYS, NULL, words);
  for (const CommandSection *s = page->sections; s && s->heading; s++) {
    g_string_append_printf(out, "\n%s:\n", words(s->heading));
    paragraphs(out, words(s->text), 2);
  }
  return g_string_free(out, FALSE);
}

char *
command_help_for(const CommandPage *page, CommandWords words, const char *verb)
{
  const CommandVerb *v = verb_named(page, verb);
  if (!v)
    return NULL;
  GString *out = g_string_new(NULL);
  words = words ? words : same;
  g_string_append_printf(out, "%s %s %s\n\n", page->program, v->name, v->arguments);
  paragraphs(out, words(v->summary), 0);
  if (v->details) {
    g_string_append_c(out, '\n');
    paragraphs(out, words(v->details), 0);
  }
  g_string_append_printf(out, "\n%s\n", words(N_("Options:")));
  options_of(out, 2, page->options, v->name, words);
  options_of(out, 2, page->options, NULL, words);
  return g_string_free(out, FALSE);
}

static void
roff_char(GString *out, gunichar c)
{
  if (c == '\\')
    g_string_append(out, "\\e");
  else if (c == '-')
    g_string_append(out, "\\-");
  else if (c < 0x80)
    g_string_append_c(out, (char)c);
  else
    g_string_append_printf(out, "\\[u%04X]", c);
}

/* roff reads a backslash, and a point or apostrophe that begins a line, as its own; what
 * is not ASCII it reads as the machine is set, so it is named. */
static void
roff_text(GString *out, const char *text)
{
  bool starts = true;
  for (const char *p = text; *p; p = g_utf8_next_char(p)) {
    if (starts && (*p == '.' || *p == '\''))
      g_string_append(out, "\\&");
    roff_char(out, g_utf8_get_char(p));
    starts = *p == '\n';
  }
}

static void
roff_paragraphs(GString *out, const char *text)
{
  g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
  bool stands = false;
  for (guint i = 0; lines[i]; i++) {
    bool now = g_str_has_prefix(lines[i], "  ");
    if (now != stands)
      g_string_append(out, now ? ".nf\n" : ".fi\n");
    stands = now;
    if (!*lines[i])
      g_string_append(out, ".PP");
    else
      roff_text(out, lines[i]);
    g_string_append_c(out, '\n');
  }
  if (stands)
    g_string_append(out, ".fi\n");
}

static void
roff_options(GString *out,
             const CommandOption *options,
             const char *verb,
             CommandWords words)
{
  for (const CommandOption *o = options; o && o->name; o++) {
    if (g_strcmp0(o->verb, verb))
      continue;
    g_string_append(out, ".TP\n\\fB");
    roff_text(out, o->name);
    g_string_append(out, "\\fR");
    if (o->argument) {
      g_string_append(out, " \\fI");
      roff_text(out, o->argument);
      g_string_append(out, "\\fR");
    }
    g_string_append_c(out, '\n');
    roff_text(out, words(o->text));
    g_string_append(out, ".\n");
  }
}

static void
roff_verbs(GString *out, const CommandPage *page, CommandWords words)
{
  for (const CommandVerb *v = page->verbs; v && v->name; v++) {
    g_string_append_printf(out, ".SS \"%s ", v->name);
    roff_text(out, v->arguments);
    g_string_append(out, "\"\n");
    roff_text(out, words(v->summary));
    g_string_append(out, ".\n");
    if (v->details) {
      g_string_append(out, ".PP\n");
      roff_paragraphs(out, words(v->details));
    }
    roff_options(out, page->options, v->name, words);
  }
}

char *
command_man(const CommandPage *page, CommandWords words)
{
  GString *out = g_string_new(NULL);
  words = words ? words : same;
  g_autofree char *title = g_ascii_strup(page->program, -1);
  g_string_append_printf(out, ".TH %s 1 \"\" \"Guitai " GUITAI_VERSION "\"\n", title);
  g_string_append_printf(out, ".SH NAME\n%s \\- ", page->program);
  roff_text(out, words(page->summary));
  g_string_append_printf(out,
                         "\n.SH SYNOPSIS\n.B %s\n[\\fIoption\\fR ...]\n"
                         "[\\fIcommand\\fR [\\fIargument\\fR ...]]\n.SH DESCRIPTION\n",
                         page->program);
  roff_paragraphs(out, words(page->description));
  g_string_append(out, ".SH COMMANDS\n");
  roff_verbs(out, page, words);
  g_string_append(out, ".SH OPTIONS\n");
  roff_options(out, page->options, NULL, words);
  roff_options(out, ALWAYS, NULL, words);
  for (const CommandSection *s = page->sections; s && s->heading; s++) {
    g_autofree char *heading = g_utf8_strup(words(s->heading), -1);
    g_string_append_printf(out, ".SH \"%s\"\n", heading);
    roff_paragraphs(out, words(s->text));
  }
  return g_string_free(out, FALSE);
}

static const CommandOption *
option_named(const CommandOption *options, const char *name)
{
  for (const CommandOption *o = options; o && o->name; o++)
    if (g_str_equal(o->name, name))
      return o;
  return NULL;
}

/* Takes the option at @argv[*at] and, when it wants one, its argument. */
static bool
read_option(const CommandPage *page,
            int argc,
            char **argv,
            int *at,
            CommandLine *line,
            GError **error)
{
  const char *equals = strchr(argv[*at], '=');
  g_autofree char *name =
      equals ? g_strndup(argv[*at], (gsize)(equals - argv[*at])) : g_strdup(argv[*at]);
  const CommandOption *option = option_named(page->options, name);
  const char *value = equals ? equals + 1 : "";

  option = option ? option : option_named(ALWAYS, name);
  if (!option)
    return g_set_error(error, COMMAND_ERROR, COMMAND_ERROR_OPTION, "no option %s", name),
           false;
  if (!option->argument && equals)
    return g_set_error(error,
                       COMMAND_ERROR,
                       COMMAND_ERROR_ARGUMENT,
                       "%s takes no argument",
                       name),
           false;
  if (option->argument && !equals) {
    if (*at + 1 >= argc)
      return g_set_error(error,
                         COMMAND_ERROR,
                         COMMAND_ERROR_ARGUMENT,
                         "%s needs %s",
                         name,
                         option->argument),
             false;
    value = argv[++*at];
  }
  g_hash_table_insert(line->options, g_steal_pointer(&name), g_strdup(value));
  return true;
}

/* The longest verb of one or two words that the arguments begin with. */
static void
take_verb(const CommandPage *page, CommandLine *line)
{
  GPtrArray *words = line->arguments;
  if (words->len >= 2) {
    g_autofree char *both = g_strconcat(words->pdata[0], " ", words->pdata[1], NULL);
    line->verb = verb_named(page, both);
    if (line->verb)
      g_ptr_array_remove_range(words, 0, 2);
  }
  if (!line->verb && words->len) {
    line->verb = verb_named(page, words->pdata[0]);
    if (line->verb)
      g_ptr_array_remove_index(words, 0);
  }
}

static bool
check_options(const CommandPage *page, const CommandLine *line, GError **error)
{
  GHashTableIter iter;
  gpointer name;
  g_hash_table_iter_init(&iter, line->options);
  while (g_hash_table_iter_next(&iter, &name, NULL)) {
    bool known = option_named(ALWAYS, name) != NULL;
    for (const CommandOption *o = page->options; o && o->name; o++)
      known |= g_str_equal(o->name, name) &&
               (!o->verb || (line->verb && g_str_equal(o->verb, line->verb->name)));
    if (!known)
      return g_set_error(error,
                         COMMAND_ERROR,
                         COMMAND_ERROR_OPTION,
                         "%s does not belong to this command",
                         (char *)name),
             false;
  }
  return true;
}

bool
command_read(
    const CommandPage *page, int argc, char **argv, CommandLine *ret, GError **error)
{
  g_auto(CommandLine)
      line = {NULL,
              g_ptr_array_new_with_free_func(g_free),
              g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free)};
  bool options_end = false;
  for (int i = 1; i < argc; i++) {
    if (!options_end && g_str_equal(argv[i], "--"))
      options_end = true;
    else if (options_end || !g_str_has_prefix(argv[i], "--"))
      g_ptr_array_add(line.arguments, g_strdup(argv[i]));
    else if (!read_option(page, argc, argv, &i, &line, error))
      return false;
  }
  take_verb(page, &line);
  if (!line.verb && line.arguments->len)
    return g_set_error(error,
                       COMMAND_ERROR,
                       COMMAND_ERROR_VERB,
                       "no command %s",
                       (char *)line.arguments->pdata[0]),
           false;
  if (!check_options(page, &line, error))
    return false;
  *ret = line;
  line = (CommandLine){NULL};
  return true;
}

void
command_line_clear(CommandLine *line)
{
  g_clear_pointer(&line->arguments, g_ptr_array_unref);
  g_clear_pointer(&line->options, g_hash_table_unref);
  line->verb = NULL;
}

const char *
command_option(const CommandLine *line, const char *name)
{
  return g_hash_table_lookup(line->options, name);
}

const char *
command_argument(const CommandLine *line, guint position)
{
  return position < line->arguments->len ? line->arguments->pdata[position] : NULL;
}

void
command_json(GString *out, const char *text)
{
  if (!text) {
    g_string_append(out, "null");
    return;
  }
  g_autofree char *valid = g_utf8_make_valid(text, -1);
  g_string_append_c(out, '"');
  for (const char *p = valid; *p; p++) {
    if (*p == '"' || *p == '\\')
      g_string_append_printf(out, "\\%c", *p);
    else if ((unsigned char)*p < 0x20 || *p == 0x7f)
      g_string_append_printf(out, "\\u%04x", (unsigned)*p);
    else
      g_string_append_c(out, *p);
  }
  g_string_append_c(out, '"');
}
