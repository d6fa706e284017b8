# Quality of the split: labelled pages, metrics, fitting. Used by the program samestory_quality.
add_library(samestory_quality_split STATIC
  frame_boost.cc frame_counts.cc frame_logistic.cc frame_sets.cc frame_train.cc
  split_background.cc split_calibration.cc split_files.cc split_frequencies.cc split_metrics.cc
  split_pages.cc split_peers.cc split_seen.cc split_sets.cc split_softmax.cc split_speed.cc split_together.cc
  split_train.cc)
target_include_directories(samestory_quality_split PUBLIC ${CMAKE_CURRENT_SOURCE_DIR})
target_link_libraries(samestory_quality_split
  PUBLIC samestory_split simdjson::simdjson
  PRIVATE ZLIB::ZLIB samestory_flags)

if(SAMESTORY_BUILD_TESTS)
  find_package(GTest REQUIRED)
  samestory_test(test_quality_split SOURCES frame_test.cc split_test.cc DEPS samestory_quality_split)
endif()
