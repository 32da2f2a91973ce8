# Parsers of foreign bytes. In the fuzz preset each is a libFuzzer program; everywhere else a
# test replays its corpus. See tests/fuzz/README.md.
function(fuzz name)
  if(GUITAI_FUZZ)
    add_executable(fuzz_${name} tests/fuzz/fuzz_${name}.c)
    target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
    target_link_libraries(fuzz_${name} PRIVATE ${ARGN})
  else()
    add_executable(replay_${name} tests/fuzz/fuzz_${name}.c tests/fuzz/replay.c)
    target_link_libraries(replay_${name} PRIVATE ${ARGN})
    add_test(NAME corpus_${name} COMMAND replay_${name} ${CMAKE_SOURCE_DIR}/tests/fuzz/corpus/${name})
    set_tests_properties(corpus_${name} PROPERTIES TIMEOUT 120 LABELS fuzz ENVIRONMENT "G_DEBUG=fatal-warnings")
  endif()
endfunction()

fuzz(barcode domain)
fuzz(typed domain)
fuzz(document domain)
fuzz(pinyin domain)
