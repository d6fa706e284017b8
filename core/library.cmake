# The shared library samestory::samestory: the layers base to engine as one, showing only what the
# public headers declare.
include(GNUInstallDirs)

set(layers base text sketch index match story split engine)

add_library(samestory SHARED)
add_library(samestory::samestory ALIAS samestory)
foreach(layer ${layers})
  target_sources(samestory PRIVATE $<TARGET_OBJECTS:samestory_${layer}>)
endforeach()
set_target_properties(samestory PROPERTIES
  LINKER_LANGUAGE CXX
  VERSION ${PROJECT_VERSION}
  SOVERSION ${PROJECT_VERSION_MAJOR}
  LINK_DEPENDS ${PROJECT_SOURCE_DIR}/cmake/exports.map)
target_compile_features(samestory PUBLIC cxx_std_20)
target_include_directories(samestory PUBLIC
  $<BUILD_INTERFACE:${CMAKE_CURRENT_SOURCE_DIR}/include>
  $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
target_link_libraries(samestory
  PUBLIC absl::status absl::statusor
  PRIVATE absl::strings absl::flat_hash_map ICU::uc ICU::i18n hwy::hwy PkgConfig::xxhash
          Threads::Threads)
target_link_options(samestory PRIVATE
  -Wl,--version-script=${PROJECT_SOURCE_DIR}/cmake/exports.map)
if(NOT SAMESTORY_SANITIZE)
  target_link_options(samestory PRIVATE -Wl,--no-undefined)
endif()
