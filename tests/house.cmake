# House tests: the rules of the tree itself.
foreach(check layers sizes banned names folders)
  add_test(NAME house_${check}
           COMMAND sh ${CMAKE_SOURCE_DIR}/tests/house/${check}.sh WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  set_tests_properties(house_${check} PROPERTIES LABELS house)
endforeach()
find_program(CLANG_FORMAT clang-format)
if(CLANG_FORMAT)
  add_test(NAME house_format COMMAND sh ${CMAKE_SOURCE_DIR}/tests/house/format.sh ${CLANG_FORMAT}
           WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  set_tests_properties(house_format PROPERTIES LABELS house)
endif()
