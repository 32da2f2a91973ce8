#include "ui/words.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <string.h>
#include <unistd.h>

/* Where GUITAI_LOCALEDIR says; beside the program in a build, in ../share when installed.
 */
static char *
catalogue_folder(void)
{
  const char *told = g_getenv("GUITAI_LOCALEDIR");
  if (told != NULL && *told != '\0')
    return g_strdup(told);
  g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
  g_autofree char *folder = program ? g_path_get_dirname(program) : g_strdup(".");
  char *built = g_build_filename(folder, "locale", NULL);
  if (g_file_test(built, G_FILE_TEST_IS_DIR))
    return built;
  g_free(built);
  return g_build_filename(folder, "..", "share", "locale", NULL);
}

/* GLib decides once in a process, at its first look, whether to translate at all; texts
 * of .ui files go through it. It has to look while there is something to find, or a till
 * that starts in English could never be set to another language. */
static void
let_glib_translate(const char *folder)
{
  static bool decided;
  if (decided)
    return;
  decided = true;
  g_autofree char *language = g_strdup(g_getenv("LANGUAGE"));
  g_setenv("LANGUAGE", "zh_CN", TRUE);
  bindtextdomain(GETTEXT_PACKAGE, folder);
  textdomain(GETTEXT_PACKAGE);
  g_dgettext(GETTEXT_PACKAGE, "en");
  if (language)
    g_setenv("LANGUAGE", language, TRUE);
  else
    g_unsetenv("LANGUAGE");
}

static void
take_locale(void)
{
  /* Through "C", because gettext looks at LANGUAGE again only when the locale changes; in
   * "C" itself it translates nothing. "C.UTF-8" is always there. */
  setlocale(LC_ALL, "C");
  if (setlocale(LC_ALL, "") == NULL || strcmp(setlocale(LC_MESSAGES, NULL), "C") == 0)
    setlocale(LC_ALL, "C.UTF-8");
  setlocale(LC_NUMERIC, "C");
}

void
words_start(const char *language)
{
  g_autofree char *folder = catalogue_folder();
  take_locale();
  let_glib_translate(folder);
  if (language != NULL && *language != '\0')
    g_setenv("LANGUAGE", language, TRUE);
  take_locale();
  bindtextdomain(GETTEXT_PACKAGE, folder);
  bind_textdomain_codeset(GETTEXT_PACKAGE, "UTF-8");
  textdomain(GETTEXT_PACKAGE); /* what _() of glib/gi18n.h asks */
}

const char *
words_language(void)
{
  /* Translators: the code of your language, like zh_CN. */
  return _("en");
}

void
words_clear(Words *words)
{
  g_clear_pointer(&words->say, g_free);
  g_clear_pointer(&words->more, g_free);
}

const char *
words_class_chip(LegalClass legal_class, SpecialGroup special)
{
  static const char *const chips[N_CLASSES] = {
      [CLASS_UNKNOWN] = N_("?"),
      [CLASS_RX] = N_("Rx"),
      [CLASS_OTC_A] = N_("OTC A"),
      [CLASS_OTC_B] = N_("OTC B"),
      [CLASS_DUAL] = N_("Rx/OTC"),
      [CLASS_HERB] = N_("Herb"),
      [CLASS_HERB_TOXIC] = N_("Toxic"),
      [CLASS_DEVICE_1] = N_("Dev I"),
      [CLASS_DEVICE_2] = N_("Dev II"),
      [CLASS_DEVICE_3] = N_("Dev III"),
      [CLASS_HEALTH_FOOD] = N_("Food"),
      [CLASS_FSMP] = N_("FSMP"),
      [CLASS_COSMETIC] = N_("Cosm."),
      [CLASS_SERVICE] = N_("Serv."),
      [CLASS_OTHER] = N_("Other"),
      [CLASS_MEDICINE] = N_("Med."),
  };
  if (special != SPECIAL_NONE)
    return _("Ctrl.");
  return _(chips[legal_class]);
}

const char *
words_class_style(LegalClass legal_class, SpecialGroup special)
{
  static const char *const styles[N_CLASSES] = {
      [CLASS_UNKNOWN] = "none",
      [CLASS_RX] = "rx",
      [CLASS_OTC_A] = "otca",
      [CLASS_OTC_B] = "otcb",
      [CLASS_DUAL] = "dual",
      [CLASS_HERB] = "herb",
      [CLASS_HERB_TOXIC] = "ctrl",
      [CLASS_DEVICE_1] = "dev",
      [CLASS_DEVICE_2] = "dev",
      [CLASS_DEVICE_3] = "dev",
      [CLASS_HEALTH_FOOD] = "food",
      [CLASS_FSMP] = "food",
      [CLASS_COSMETIC] = "plain",
      [CLASS_SERVICE] = "plain",
      [CLASS_OTHER] = "plain",
      [CLASS_MEDICINE] = "med",
  };
  return special != SPECIAL_NONE ? "ctrl" : styles[legal_class];
}

const char *
words_class(LegalClass legal_class)
{
  static const char *const names[N_CLASSES] = {
      [CLASS_UNKNOWN] = N_("no class on file"),
      [CLASS_RX] = N_("prescription medicine"),
      [CLASS_OTC_A] = N_("OTC, class A"),
      [CLASS_OTC_B] = N_("OTC, class B"),
      [CLASS_DUAL] = N_("prescription or OTC"),
      [CLASS_HERB] = N_("herbal pieces"),
      [CLASS_HERB_TOXIC] = N_("toxic herbal pieces"),
      [CLASS_DEVICE_1] = N_("medical device, class I"),
      [CLASS_DEVICE_2] = N_("medical device, class II"),
      [CLASS_DEVICE_3] = N_("medical device, class III"),
      [CLASS_HEALTH_FOOD] = N_("health food"),
      [CLASS_FSMP] = N_("food for special medical purposes"),
      [CLASS_COSMETIC] = N_("cosmetic"),
      [CLASS_SERVICE] = N_("service"),
      [CLASS_OTHER] = N_("other goods"),
      [CLASS_MEDICINE] = N_("medicine"),
  };
  return _(names[legal_class]);
}

const char *
words_special(SpecialGroup special)
{
  switch (special) {
  case SPECIAL_EPHEDRINE:
    return _("contains ephedrine");
  case SPECIAL_PSY2:
    return _("psychotropic, class II");
  case SPECIAL_LICORICE:
    return _("licorice compound");
  case SPECIAL_FORBIDDEN:
    return _("not for retail");
  default:
    return "";
  }
}

const char *
words_storage(Storage storage)
{
  switch (storage) {
  case STORAGE_COOL:
    return _("cool, up to 20 °C");
  case STORAGE_COLD:
    return _("cold, 2 to 8 °C");
  default:
    return _("room temperature");
  }
}

const char *
words_role(Role role)
{
  static const char *const roles[N_ROLES] = {
      [ROLE_CLERK] = N_("clerk"),
      [ROLE_PHARMACIST] = N_("pharmacist"),
      [ROLE_QUALITY] = N_("quality"),
      [ROLE_MANAGER] = N_("manager"),
  };
  return _(roles[role]);
}

const char *
words_tender(TenderKind kind)
{
  static const char *const tenders[] = {
      [TENDER_CASH] = N_("Cash"),
      [TENDER_CODE_PAY] = N_("Code pay"),
      [TENDER_CARD] = N_("Bank card"),
      [TENDER_INSURANCE] = N_("Insurance"),
      [TENDER_STORED] = N_("Stored value"),
      [TENDER_COUPON] = N_("Coupon"),
      [TENDER_POINTS] = N_("Points"),
      [TENDER_PLATFORM] = N_("Platform"),
      [TENDER_OTHER] = N_("Other way"),
  };
  return _(tenders[kind]);
}

const char *
words_right(Right right)
{
  static const char *const words[N_RIGHTS] = {N_("sell"),
                                              N_("hold"),
                                              N_("discount"),
                                              N_("price"),
                                              N_("void"),
                                              N_("shift"),
                                              N_("drawer"),
                                              N_("reprint"),
                                              N_("review"),
                                              N_("count"),
                                              N_("receive"),
                                              N_("settings"),
                                              N_("unmask"),
                                              N_("export"),
                                              N_("refund"),
                                              N_("unlock lots"),
                                              N_("check"),
                                              N_("audit"),
                                              N_("staff")};
  for (int i = 0; i < N_RIGHTS; i++)
    if (right == (Right)(1u << i))
      return _(words[i]);
  return "";
}

const char *
words_discount(DiscountReason reason)
{
  switch (reason) {
  case DISCOUNT_CLERK:
    return _("discount");
  case DISCOUNT_MANAGER:
    return _("manager's discount");
  default:
    return "";
  }
}

const char *
words_barcode(BarcodeKind kind)
{
  static const char *const kinds[] = {
      [BARCODE_NONE] = N_("nothing"),
      [BARCODE_TEXT] = N_("text"),
      [BARCODE_EAN] = N_("article's barcode"),
      [BARCODE_INSTORE] = N_("in-store barcode"),
      [BARCODE_WEIGHED] = N_("weighed article's barcode"),
      [BARCODE_GS1] = N_("GS1 code"),
      [BARCODE_TRACE] = N_("trace code"),
      [BARCODE_STD_CODE] = N_("national medicine code"),
      [BARCODE_MEMBER] = N_("member code"),
      [BARCODE_STAFF] = N_("staff badge"),
      [BARCODE_TICKET] = N_("ticket number"),
      [BARCODE_PAY_CODE] = N_("payment code"),
      [BARCODE_ID_NUMBER] = N_("ID number"),
      [BARCODE_GARBAGE] = N_("unreadable"),
  };
  return _(kinds[kind]);
}

const char *
words_lot_state(LotState state)
{
  static const char *const states[] = {
      [LOT_SELLABLE] = N_("sellable"),
      [LOT_PENDING] = N_("to be inspected"),
      [LOT_LOCKED] = N_("locked"),
      [LOT_REJECTED] = N_("rejected"),
      [LOT_RECALLED] = N_("recalled"),
      [LOT_RETURNED] = N_("returned"),
  };
  return _(states[state]);
}

const char *
words_line(SyncLine line)
{
  switch (line) {
  case SYNC_OFF:
    return _("Not enrolled");
  case SYNC_TRYING:
    return _("Connecting");
  case SYNC_ONLINE:
    return _("Online");
  case SYNC_REFUSED:
    return _("Refused");
  default:
    return _("Offline");
  }
}

const char *
words_device_state(DeviceState state)
{
  if (state & DEVICE_GONE)
    return _("not connected");
  if (state & DEVICE_COVER_OPEN)
    return _("cover open");
  if (state & DEVICE_PAPER_OUT)
    return _("no paper");
  if (state & DEVICE_CUTTER_JAM)
    return _("cutter jammed");
  if (state & DEVICE_BROKEN)
    return _("stopped with a fault");
  if (state & DEVICE_HOT)
    return _("too warm");
  if (state & DEVICE_JAM)
    return _("paper jammed");
  if (state & DEVICE_RIBBON_OUT)
    return _("no ribbon");
  if (state & DEVICE_PAUSED)
    return _("paused");
  if (state & DEVICE_DRAWER_OPEN)
    return _("drawer open");
  if (state & DEVICE_PAPER_LOW)
    return _("paper nearly out");
  return _("ready");
}

char *
words_price_source(const char *price_source)
{
  if (price_source == NULL || *price_source == '\0')
    return g_strdup("");
  if (g_str_equal(price_source, "shelf"))
    return g_strdup(_("shelf price"));
  if (g_str_has_prefix(price_source, "promotion"))
    return g_strconcat(_("promotion"), price_source + strlen("promotion"), NULL);
  if (g_str_has_prefix(price_source, "member"))
    return g_strdup(_("member price"));
  if (g_str_equal(price_source, "label"))
    return g_strdup(_("price on the label"));
  return g_strdup(price_source);
}
