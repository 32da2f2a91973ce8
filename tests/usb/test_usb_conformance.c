/* usb_conformance [fake|umockdev|vhci]: what each carrier of drivers/usb.h has to keep;
 * the first two when none is named. */
#include <string.h>

#include "tests/usb/conform.h"
#include "tests/usb/stage.h"

static CU_SuiteInfo SUITES[] = {
    {"control requests", NULL, NULL, NULL, NULL, CONFORM_CONTROL},
    {"bulk transfers", NULL, NULL, NULL, NULL, CONFORM_BULK},
    {"ends of transfers", NULL, NULL, NULL, NULL, CONFORM_CANCEL},
    {"plugging", NULL, NULL, NULL, NULL, CONFORM_PLUG},
    {"opening", NULL, NULL, NULL, NULL, CONFORM_OPEN},
    {"inlets", NULL, NULL, NULL, NULL, CONFORM_INLET},
    {"devices", NULL, NULL, NULL, NULL, CONFORM_DEVICE},
    CU_SUITE_INFO_NULL};

static bool
add_parts(const char *part)
{
  for (const CU_SuiteInfo *suite = SUITES; suite->pName; suite++) {
    CU_SuiteInfo one[] = {*suite, CU_SUITE_INFO_NULL};
    if ((!part || strstr(suite->pName, part)) && CU_register_suites(one))
      return false;
  }
  return true;
}

static bool
run(const VbusKind *kind, const char *part)
{
  stage_kind = kind;
  g_print("\n=== %s ===\n", kind->name);
  if (CU_initialize_registry() || !add_parts(part))
    return false;
  CU_basic_set_mode(CU_BRM_VERBOSE);
  CU_basic_run_tests();
  g_print("%s: %u checks, %u failed\n",
          kind->name,
          CU_get_number_of_tests_run(),
          CU_get_number_of_tests_failed());
  bool is_well = CU_get_number_of_failures() == 0;
  CU_cleanup_registry();
  return is_well;
}

int
main(int argc, char **argv)
{
  static const struct {
    const char *name;
    const VbusKind *kind;
    bool is_asked; /* runs only when it is named */
  } KINDS[] = {{"fake", &VBUS_FAKE, false},
               {"umockdev", &VBUS_UMOCKDEV, false},
               {"vhci", &VBUS_VHCI, true}};
  bool is_well = true;
  for (gsize i = 0; i < G_N_ELEMENTS(KINDS); i++)
    if (argc > 1 ? strcmp(argv[1], KINDS[i].name) == 0 : !KINDS[i].is_asked)
      is_well = run(KINDS[i].kind, argc > 2 ? argv[2] : NULL) && is_well;
  return is_well ? 0 : 1;
}
