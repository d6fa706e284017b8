# The program that puts every quality figure into one report, and refits what is fitted.
add_executable(samestory_quality
  exact_eval.cc main.cc report.cc stream_eval.cc)
target_include_directories(samestory_quality PRIVATE ${PROJECT_SOURCE_DIR}/bench)
target_link_libraries(samestory_quality PRIVATE
  bench_corpus_support samestory_cli samestory_quality_match samestory_quality_split CLI11::CLI11
  samestory_flags)
