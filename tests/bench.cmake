# guitai-bench NAME… [--rows N]: figures beside what the raw parts can do (tests/bench/README.md).
file(GLOB bench_files CONFIGURE_DEPENDS tests/bench/*.c tests/bench/*.cpp)
list(FILTER bench_files EXCLUDE REGEX "/bare_window\\.c$")
add_executable(guitai-bench ${bench_files})
target_link_libraries(guitai-bench PRIVATE ui app db domain base m)
# The floor of a start; ready.c is all that it shares with the till.
add_executable(bare-window tests/bench/bare_window.c ui/ready.c)
target_link_libraries(bare-window PRIVATE PkgConfig::GTK)
add_dependencies(guitai-bench guitai bare-window)
if(TARGET bench-usb)
  add_dependencies(guitai-bench bench-usb)
endif()
# Not for its figures: that it runs at all, on a small list.
add_test(NAME bench COMMAND guitai-bench barcode search feed decode receipt devices --rows 2000)
set_tests_properties(bench PROPERTIES LABELS bench TIMEOUT 300 ENVIRONMENT
  "ASAN_OPTIONS=fast_unwind_on_malloc=0;LSAN_OPTIONS=suppressions=${CMAKE_SOURCE_DIR}/tests/lsan.supp:print_suppressions=0")
add_test(NAME bench_screens COMMAND ${CMAKE_SOURCE_DIR}/tests/with_display.sh $<TARGET_FILE:guitai-bench> scan start --rows 2000)
set_tests_properties(bench_screens PROPERTIES LABELS bench TIMEOUT 300 ENVIRONMENT "LSAN_OPTIONS=suppressions=${CMAKE_SOURCE_DIR}/tests/lsan.supp:print_suppressions=0"
  PASS_REGULAR_EXPRESSION "scan.p99.*start.share" FAIL_REGULAR_EXPRESSION "CRITICAL;WARNING")
