# The words in other languages: each ui/po/<language>.po becomes
# <build>/locale/<language>/LC_MESSAGES/guitai.mo, found there by programs of the build and in
# share/locale by installed ones. msgids are English; English needs no file.
find_program(MSGFMT msgfmt REQUIRED)
file(GLOB translations CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/ui/po/*.po)
set(catalogues)
foreach(po ${translations})
  cmake_path(GET po STEM language)
  set(folder ${CMAKE_BINARY_DIR}/locale/${language}/LC_MESSAGES)
  add_custom_command(OUTPUT ${folder}/guitai.mo
    COMMAND ${CMAKE_COMMAND} -E make_directory ${folder}
    COMMAND ${MSGFMT} --check-format --output-file ${folder}/guitai.mo ${po} DEPENDS ${po} VERBATIM)
  install(FILES ${folder}/guitai.mo DESTINATION share/locale/${language}/LC_MESSAGES)
  list(APPEND catalogues ${folder}/guitai.mo)
endforeach()
add_custom_target(locale ALL DEPENDS ${catalogues})

# Collects every msgid of app and ui: ninja pot, then
#   msgmerge -U --no-fuzzy-matching --no-location --no-wrap ui/po/zh_CN.po build/…/guitai.pot
# Places are left out, so that two people may add words at the same time.
add_custom_target(pot COMMAND sh ${CMAKE_SOURCE_DIR}/ui/po/collect ${CMAKE_BINARY_DIR}/guitai.pot
  WORKING_DIRECTORY ${CMAKE_SOURCE_DIR} VERBATIM)
add_test(NAME po_complete COMMAND sh ${CMAKE_SOURCE_DIR}/ui/po/complete ${CMAKE_BINARY_DIR}
  WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
set_tests_properties(po_complete PROPERTIES LABELS ui)
