# The real program in its window, driven from outside: keys through the X server, words by AT-SPI,
# devices on an emulated bus in the test's own process. A session bus and a display of their own.
pkg_check_modules(ATSPI IMPORTED_TARGET atspi-2)
find_program(DBUS_RUN_SESSION dbus-run-session)
if(NOT CUNIT_FOUND OR NOT ATSPI_FOUND OR NOT UMOCKDEV_FOUND OR NOT DBUS_RUN_SESSION OR NOT TARGET tests_app)
  return()
endif()
add_executable(test_end_to_end tests/endtoend/test_end_to_end.c tests/endtoend/outside.c)
target_link_libraries(test_end_to_end PRIVATE umockdev_first virtual_bus tests_app app PkgConfig::CUNIT PkgConfig::ATSPI PkgConfig::XTEST)
target_compile_definitions(test_end_to_end PRIVATE GUITAI="$<TARGET_FILE:guitai>"
  GOLDEN="${CMAKE_SOURCE_DIR}/tests/golden")
add_dependencies(test_end_to_end guitai)
add_test(NAME end_to_end COMMAND ${DBUS_RUN_SESSION} -- sh ${CMAKE_SOURCE_DIR}/tests/with_display.sh $<TARGET_FILE:test_end_to_end>)
set_tests_properties(end_to_end PROPERTIES TIMEOUT 300 LABELS endtoend ENVIRONMENT
  "TZ=Asia/Shanghai;LC_ALL=C.UTF-8;ASAN_OPTIONS=fast_unwind_on_malloc=0;LSAN_OPTIONS=suppressions=${CMAKE_SOURCE_DIR}/tests/lsan.supp:print_suppressions=0")
