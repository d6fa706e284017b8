# samestory_layer(NAME SOURCES files... DEPS targets...): one folder of core/ as the target
# samestory_NAME. DEPS are all that it may include; tests/layers checks that they point down.
function(samestory_layer name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
  add_library(samestory_${name} STATIC ${ARG_SOURCES})
  target_include_directories(samestory_${name} PUBLIC
    ${PROJECT_SOURCE_DIR}/core ${PROJECT_SOURCE_DIR}/core/include)
  target_link_libraries(samestory_${name} PUBLIC ${ARG_DEPS} PRIVATE samestory_flags)
endfunction()
