#include "ui/keys.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/settings.h"

#define SALE    KEY_ON(PAGE_SALE)
#define SEARCH  KEY_ON(PAGE_SEARCH)
#define RINGING (SALE | SEARCH)
#define PAYMENT KEY_ON(PAGE_PAYMENT)
#define HELD    KEY_ON(PAGE_HELD)
#define SHIFT   KEY_ON(PAGE_SHIFT)
#define DEVICES KEY_ON(PAGE_DEVICES)
#define SIGN_IN KEY_ON(PAGE_SIGN_IN)
#define STAFF   KEY_ON(PAGE_STAFF)
#define INSIDE  (RINGING | PAYMENT | HELD | SHIFT | DEVICES | STAFF)

/* In the order of the key bar. */
static const Key table[] = {
    {"till.help", N_("Help"), N_("keys of this page"), INSIDE, KEY_IN_BAR, {"F1"}},
    {"till.help", N_("Help"), N_("keys of this page"), SIGN_IN, 0, {"F1"}},
    {"sale.find",
     N_("Find"),
     N_("search, with Chinese input"),
     RINGING,
     KEY_IN_BAR,
     {"F2", "<Control>F11"}},
    {"sale.lot", N_("Lot"), N_("another lot for this line"), SALE, KEY_IN_BAR, {"F3"}},
    {"sale.hold",
     N_("Hold"),
     N_("hold this ticket; a name may be typed first"),
     RINGING,
     KEY_IN_BAR,
     {"F4", NULL, "F7"}},
    {"sale.recall",
     N_("Recall"),
     N_("take a ticket off hold"),
     RINGING,
     KEY_IN_BAR,
     {"F5", NULL, "<Shift>F7"}},
    {"held.recall",
     N_("Recall"),
     N_("take the chosen ticket back into the sale"),
     HELD,
     KEY_IN_BAR,
     {"Return F5"}},
    {"payment.exact",
     N_("Exact"),
     N_("exactly what is to pay; while the box is empty"),
     PAYMENT,
     KEY_EMPTY_BOX,
     {"0"}},
    {"payment.accept",
     N_("Accept"),
     N_("take this amount; completes nothing"),
     PAYMENT,
     0,
     {"Return"}},
    {"payment.remove",
     N_("Take back"),
     N_("empty the box; then give the last part back"),
     PAYMENT,
     0,
     {"Delete"}},
    {"devices.test",
     N_("Try out"),
     N_("try this device out: print, weigh, read, show"),
     DEVICES,
     KEY_IN_BAR,
     {"F5", NULL, "F6"}},
    {"devices.use",
     N_("Use"),
     N_("use this device; one that types like a keyboard is paired first"),
     DEVICES,
     KEY_IN_BAR,
     {"F6", NULL, "F7"}},
    {"devices.drop",
     N_("Stop using"),
     N_("stop using this device; asks once more"),
     DEVICES,
     0,
     {"Delete"}},
    {"devices.paper",
     N_("Paper"),
     N_("the printer's kind: as it says itself, 80 mm, 58 mm, simpler ones"),
     DEVICES,
     0,
     {"F7", NULL, "F9"}},
    {"devices.print",
     N_("Print"),
     N_("print what waits for paper"),
     DEVICES,
     KEY_IN_BAR,
     {"F8"}},
    {"devices.counter",
     N_("Virtual counter"),
     N_("the table with the simulated devices"),
     DEVICES,
     KEY_QUIET,
     {"F11"}},
    {"sale.discount",
     N_("Discount"),
     N_("discount on this line"),
     SALE,
     KEY_IN_BAR,
     {"F9", "F7", "slash F9"}},
    {"till.reprint",
     N_("Reprint"),
     N_("print the last receipt again, marked as a copy"),
     RINGING | PAYMENT,
     KEY_IN_BAR,
     {"<Control>p"}},
    {"till.drawer",
     N_("Drawer"),
     N_("open the cash drawer; it is on record"),
     RINGING | PAYMENT | SHIFT | DEVICES,
     KEY_IN_BAR,
     {"<Control>k", NULL, "F5 <Control>k"}},
    {"sale.void",
     N_("Void"),
     N_("void the whole ticket"),
     SALE,
     KEY_IN_BAR,
     {"<Control>Delete", "F9 <Control>Delete"}},
    {"sale.pay",
     N_("Pay"),
     N_("take the payment"),
     RINGING,
     KEY_BIG,
     {"F12", NULL, "F12 plus"}},
    {"sale.enter",
     N_("Add"),
     N_("take what the box holds"),
     RINGING,
     KEY_QUIET,
     {"Return"}},
    {"sale.more",
     N_("More"),
     N_("one more of this line"),
     RINGING,
     KEY_FREE_BOX,
     {"plus", NULL, "<Control>Up"}},
    {"sale.less",
     N_("Less"),
     N_("one less of this line"),
     RINGING,
     KEY_FREE_BOX,
     {"minus"}},
    {"sale.count",
     N_("Quantity"),
     N_("n * : quantity of this line; * n Enter: of the next scan"),
     RINGING,
     KEY_FREE_BOX,
     {"asterisk"}},
    {"sale.unit",
     N_("Unit"),
     N_("box or loose"),
     RINGING,
     KEY_FREE_BOX,
     {"slash", NULL, "<Control>u"}},
    {"sale.delete",
     N_("Delete"),
     N_("delete this line"),
     SALE,
     KEY_EMPTY_BOX,
     {"Delete"}},
    {"scale.take",
     N_("Weighing"),
     N_("the scale's weight becomes this line's quantity"),
     SALE,
     0,
     {"F11"}},
    {"scale.tare",
     N_("Tare"),
     N_("take the container on the scale off; again on an empty scale: no more"),
     SALE,
     0,
     {"<Shift>F11"}},
    {"sale.label",
     N_("Shelf label"),
     N_("print a shelf label of this article"),
     RINGING,
     0,
     {"<Shift>F9"}},
    {"sale.up", N_("Up"), N_("line above"), RINGING, KEY_REPEATS, {"Up"}},
    {"sale.down", N_("Down"), N_("line below"), RINGING, KEY_REPEATS, {"Down"}},
    {"sale.page-up",
     N_("Page up"),
     N_("a page up"),
     RINGING,
     KEY_REPEATS | KEY_QUIET,
     {"Page_Up"}},
    {"sale.page-down",
     N_("Page down"),
     N_("a page down"),
     RINGING,
     KEY_REPEATS | KEY_QUIET,
     {"Page_Down"}},
    {"staff.forgive",
     N_("Clear lock"),
     N_("wrong PINs of this person are forgotten; on record"),
     STAFF,
     KEY_IN_BAR,
     {"F8"}},
    {"staff.up", N_("Up"), N_("person above"), STAFF, KEY_REPEATS, {"Up"}},
    {"staff.down", N_("Down"), N_("person below"), STAFF, KEY_REPEATS, {"Down"}},
    {"held.up", N_("Up"), N_("ticket above"), HELD, KEY_REPEATS, {"Up"}},
    {"held.down", N_("Down"), N_("ticket below"), HELD, KEY_REPEATS, {"Down"}},
    {"devices.up", N_("Up"), N_("device above"), DEVICES, KEY_REPEATS, {"Up"}},
    {"devices.down", N_("Down"), N_("device below"), DEVICES, KEY_REPEATS, {"Down"}},
    {"payment.confirm",
     N_("Confirm"),
     N_("take the money and keep the sale"),
     PAYMENT,
     KEY_BIG,
     {"F12", NULL, "F12 plus"}},
    {"shift.close",
     N_("Close shift"),
     N_("close this shift; asks once more"),
     SHIFT,
     KEY_BIG,
     {"F12"}},
    {"till.told",
     N_("Told"),
     N_("the message has been read"),
     INSIDE & ~SEARCH,
     KEY_EMPTY_BOX,
     {"space"}},
    {"till.told", N_("Told"), N_("the message has been read"), SEARCH, KEY_QUIET, {""}},
    {"till.back",
     N_("Back"),
     N_("one step back; nothing is lost"),
     RINGING | PAYMENT,
     0,
     {"Escape"}},
    {"till.back",
     N_("Back"),
     N_("back to the sale"),
     HELD | SHIFT | DEVICES | STAFF,
     KEY_IN_BAR,
     {"Escape"}},
    {"till.page-sale", N_("Sale"), N_("to the sale"), INSIDE, 0, {"<Alt>1"}},
    {"till.page-shift",
     N_("Shift"),
     N_("to the shift"),
     INSIDE,
     0,
     {"<Alt>7 <Control>j"}},
    {"till.page-devices",
     N_("Devices"),
     N_("to the devices"),
     INSIDE & ~DEVICES,
     0,
     {"<Alt>9"}},
    {"people.page", N_("Staff"), N_("to the staff; for managers"), INSIDE, 0, {"<Alt>8"}},
    {"people.approve",
     N_("Approve"),
     N_("another person approves what was refused"),
     INSIDE,
     0,
     {"<Control>g"}},
    {"people.duty",
     N_("Duty"),
     N_("a pharmacist comes or goes"),
     INSIDE,
     0,
     {"<Control>d"}},
    {"people.lock",
     N_("Lock"),
     N_("lock this till; the ticket stays"),
     INSIDE,
     0,
     {"<Control>l"}},
    {"till.sign-out",
     N_("Sign out"),
     N_("somebody else signs in"),
     INSIDE,
     0,
     {"<Control>q"}},
};

static const char *const preset_names[N_KEY_PRESETS] = {"cn-std", "huamei", "xiaomu"};

static const char *
keys_of(KeyPreset preset, const Key *key)
{
  const char *keys = key->keys[preset];
  return keys ? keys : key->keys[KEYS_CN_STD];
}

const Key *
keys_table(guint *ret_n)
{
  *ret_n = G_N_ELEMENTS(table);
  return table;
}

guint
keys_plain_keyval(guint keyval)
{
  static const struct {
    guint pad, plain;
  } pads[] = {
      {GDK_KEY_KP_Enter, GDK_KEY_Return},
      {GDK_KEY_KP_Add, GDK_KEY_plus},
      {GDK_KEY_KP_Subtract, GDK_KEY_minus},
      {GDK_KEY_KP_Multiply, GDK_KEY_asterisk},
      {GDK_KEY_KP_Divide, GDK_KEY_slash},
      {GDK_KEY_KP_Delete, GDK_KEY_Delete},
      {GDK_KEY_KP_Up, GDK_KEY_Up},
      {GDK_KEY_KP_Down, GDK_KEY_Down},
      {GDK_KEY_KP_Page_Up, GDK_KEY_Page_Up},
      {GDK_KEY_KP_Page_Down, GDK_KEY_Page_Down},
      {GDK_KEY_KP_Space, GDK_KEY_space},
      {GDK_KEY_ISO_Enter, GDK_KEY_Return},
      {GDK_KEY_KP_Decimal, GDK_KEY_period},
      {GDK_KEY_KP_Home, GDK_KEY_Home},
      {GDK_KEY_KP_End, GDK_KEY_End},
  };
  if (keyval >= GDK_KEY_KP_0 && keyval <= GDK_KEY_KP_9)
    return GDK_KEY_0 + (keyval - GDK_KEY_KP_0);
  for (guint i = 0; i < G_N_ELEMENTS(pads); i++)
    if (pads[i].pad == keyval)
      return pads[i].plain;
  return gdk_keyval_to_lower(keyval);
}

/* A character's own Shift ("+" is Shift and "=") is part of the character. */
static GdkModifierType
plain_state(guint keyval, GdkModifierType state)
{
  GdkModifierType mask = GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK;
  guint32 character = gdk_keyval_to_unicode(keyval);
  if (character <= ' ')
    mask |= GDK_SHIFT_MASK;
  return state & mask;
}

static bool
accel_is(const char *accel, guint keyval, GdkModifierType state)
{
  guint wanted;
  GdkModifierType modifiers;
  return gtk_accelerator_parse(accel, &wanted, &modifiers) && wanted == keyval &&
         modifiers == state;
}

static bool
keys_hold(const char *keys, guint keyval, GdkModifierType state)
{
  g_auto(GStrv) accels = g_strsplit(keys, " ", -1);
  for (char **accel = accels; *accel; accel++)
    if (**accel != '\0' && accel_is(*accel, keyval, state))
      return true;
  return false;
}

const Key *
keys_find(KeyPreset preset, TillPage page, guint keyval, GdkModifierType state)
{
  guint plain = keys_plain_keyval(keyval);
  GdkModifierType modifiers = plain_state(plain, state);
  for (guint i = 0; i < G_N_ELEMENTS(table); i++)
    if ((table[i].pages & KEY_ON(page)) &&
        keys_hold(keys_of(preset, &table[i]), plain, modifiers))
      return &table[i];
  return NULL;
}

const Key *
keys_action(const char *action, TillPage page)
{
  for (guint i = 0; i < G_N_ELEMENTS(table); i++)
    if ((table[i].pages & KEY_ON(page)) && g_str_equal(table[i].action, action))
      return &table[i];
  return NULL;
}

static char *
keyval_text(guint keyval)
{
  switch (keyval) {
  case GDK_KEY_Return:
    return g_strdup(_("Enter"));
  case GDK_KEY_space:
    return g_strdup(_("Space"));
  case GDK_KEY_Escape:
    return g_strdup("Esc");
  case GDK_KEY_Delete:
    return g_strdup("Del");
  case GDK_KEY_Page_Up:
    return g_strdup("PgUp");
  case GDK_KEY_Page_Down:
    return g_strdup("PgDn");
  case GDK_KEY_Up:
    return g_strdup("↑");
  case GDK_KEY_Down:
    return g_strdup("↓");
  case GDK_KEY_minus:
    return g_strdup("−");
  case GDK_KEY_asterisk:
    return g_strdup("×");
  default: {
    gunichar character = gdk_keyval_to_unicode(keyval);
    char text[8] = "";
    text[g_unichar_to_utf8(g_unichar_toupper(character), text)] = '\0';
    return character ? g_strdup(text) : g_strdup(gdk_keyval_name(keyval));
  }
  }
}

char *
keys_accel_text(const char *accel)
{
  guint keyval;
  GdkModifierType state;
  if (!gtk_accelerator_parse(accel, &keyval, &state))
    return g_strdup("");
  g_autofree char *name = keyval_text(keyval);
  return g_strconcat(state & GDK_CONTROL_MASK ? "Ctrl+" : "",
                     state & GDK_ALT_MASK ? "Alt+" : "",
                     state & GDK_SHIFT_MASK ? "Shift+" : "",
                     name,
                     NULL);
}

char *
keys_text(KeyPreset preset, const Key *key)
{
  g_auto(GStrv) accels = g_strsplit(keys_of(preset, key), " ", 2);
  return accels[0] ? keys_accel_text(accels[0]) : g_strdup("");
}

KeyPreset
keys_preset(const char *name)
{
  for (int i = 0; i < N_KEY_PRESETS; i++)
    if (g_strcmp0(name, preset_names[i]) == 0)
      return i;
  return KEYS_CN_STD;
}

const char *
keys_preset_name(KeyPreset preset)
{
  return preset_names[preset];
}

KeyPreset
keys_of_till(const Till *till)
{
  g_autofree char *name = till->store ? settings_text(till, "keys") : NULL;
  return keys_preset(name);
}
