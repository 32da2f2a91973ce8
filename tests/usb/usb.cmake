# The real libusb on virtual devices (tests/usb/README.md). umockdev's library that stands between a
# program and the kernel is linked, and first of all: with LD_PRELOAD the sanitizers' would come too late.
if(NOT UMOCKDEV_FOUND OR NOT CUNIT_FOUND)
  return()
endif()
add_library(umockdev_first INTERFACE)
target_link_options(umockdev_first INTERFACE
  -Wl,--push-state,--no-as-needed -l:libumockdev-preload.so.0 -Wl,--pop-state)

file(GLOB on_a_bus CONFIGURE_DEPENDS tests/usb/vbus*.c)
add_library(virtual_bus STATIC ${on_a_bus})
target_link_libraries(virtual_bus PUBLIC virtual_usb PkgConfig::UMOCKDEV util)

file(GLOB beginnings CONFIGURE_DEPENDS tests/usb/*.c)
list(FILTER beginnings EXCLUDE REGEX "/(test_[^/]*|bench_[^/]*|vdev[^/]*|vbus[^/]*|usb_fake)[.]c$")
add_library(tests_usb STATIC ${beginnings})
target_link_libraries(tests_usb PUBLIC virtual_bus PkgConfig::CUNIT)

file(GLOB found CONFIGURE_DEPENDS tests/usb/test_*.c)
foreach(file ${found})
  cmake_path(GET file STEM stem)
  string(REPLACE test_ "" name ${stem})
  add_executable(${stem} ${file})
  target_link_libraries(${stem} PRIVATE umockdev_first tests_usb)
  file(STRINGS ${file} needs_shop REGEX "^#include \"tests/app/shop\\.h\"")
  if(needs_shop)
    target_link_libraries(${stem} PRIVATE tests_app)
  endif()
  add_test(NAME ${name} COMMAND ${stem})
  set_tests_properties(${name} PROPERTIES TIMEOUT 900 LABELS usb ENVIRONMENT
    "G_DEBUG=fatal-warnings;LSAN_OPTIONS=suppressions=${CMAKE_SOURCE_DIR}/tests/lsan.supp:print_suppressions=0;TSAN_OPTIONS=suppressions=${CMAKE_SOURCE_DIR}/tests/usb/tsan.supp")
endforeach()

# What guitai-bench starts for its line "devices".
add_executable(bench-usb tests/usb/bench_usb.c tests/bench/bench.c)
target_link_libraries(bench-usb PRIVATE umockdev_first virtual_bus)

# The conformance suite for tests/usb/run-kernel: nothing stands between it and the kernel (umockdev's
# library spoils errno where there is no testbed).
add_executable(usb-conformance-kernel EXCLUDE_FROM_ALL tests/usb/test_usb_conformance.c)
target_link_libraries(usb-conformance-kernel PRIVATE tests_usb)
