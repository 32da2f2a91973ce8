# guitai-bench NAME… [--rows N]: figures beside what the raw parts can do (tests/bench/README.md).
file(GLOB bench_files CONFIGURE_DEPENDS tests/bench/*.c)
add_executable(guitai-bench ${bench_files})
target_link_libraries(guitai-bench PRIVATE db domain base m)
# Not for its figures: that it runs at all, on a small list.
add_test(NAME bench COMMAND guitai-bench barcode search feed --rows 2000)
set_tests_properties(bench PROPERTIES LABELS db TIMEOUT 300)
