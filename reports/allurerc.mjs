// What Allure shows of a run. The run's own facts come from `python -m reporting allure`; run by
// hand, Allure shows the results it is given without them.
const facts = JSON.parse(process.env.GUIDEWATCH_ALLURE ?? "{}");

// A journey's outcome is a label of its result (reporting/allure_results.py).
const outcome = (name, value) => ({
  id: value,
  name,
  matchers: [{ labels: { outcome: value } }],
  groupBy: [{ label: "feature" }],
  expand: true,
});

export default {
  name: facts.name ?? "Guidewatch",
  output: facts.output ?? "published/allure",
  historyPath: facts.history ?? "published/history.jsonl",
  historyLimit: 60,
  variables: facts.variables ?? {},
  hideLabels: ["host", "thread", "framework", "language", "package", "parentSuite", "suite"],
  categories: [
    outcome("Cổng không dùng được (hỏng)", "failed"),
    outcome("Sai lệch so với hướng dẫn", "drifted"),
    outcome("Khác, đã chấp nhận", "accepted"),
    outcome("Bị chặn: cần người xem", "blocked"),
    outcome("Lỗi của bộ kiểm thử", "internal"),
  ],
  plugins: {
    awesome: {
      options: {
        reportName: facts.name ?? "Guidewatch",
        singleFile: true,
        reportLanguage: "vi", // Allure 3.18 has no Vietnamese words of its own; ours are
        groupBy: ["epic", "feature", "story"],
        stepTreeExpansion: "expand_failed_only",
        theme: "light",
      },
    },
  },
};
