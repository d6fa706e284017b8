# Quality of the match stage: labelled pairs, their replay, evaluation, fitting. Used by the program
# samestory_quality.
add_library(samestory_quality_match STATIC
  match_cross.cc match_eval.cc match_export.cc match_fit.cc match_logistic.cc match_mine.cc
  match_peers.cc match_replay.cc match_sets.cc)
target_include_directories(samestory_quality_match
  PUBLIC ${CMAKE_CURRENT_SOURCE_DIR} ${PROJECT_SOURCE_DIR}/bench)
target_link_libraries(samestory_quality_match
  PUBLIC samestory_match samestory_io samestory_quality_split
  PRIVATE absl::str_format samestory_flags)

if(SAMESTORY_BUILD_TESTS)
  find_package(GTest REQUIRED)
  samestory_test(test_quality_match SOURCES match_peers_test.cc DEPS samestory_quality_match)
endif()
