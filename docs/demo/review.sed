# 对照原文改疑问：任务 9 的“定期”由县农业农村局自行安排，任务 12 交给县教育局牵头、长期坚持。
/^  - id: "9"$/,/^  - id: "10"$/{
  s/^    doubts:$/    note: 农资市场由县农业农村局按季检查，不另定日期。/
  /^      - 时限：/d
}
/^  - id: "12"$/,${
  s/^    lead: .*$/    lead: [县教育局]/
  s/^    basis: addressee$/    basis: assigned/
  s/^    doubts:$/    deadlines:\
      - id: d1\
        what: 法治校园建设\
        ongoing: true\
        quote: 长期坚持/
  /^      - 牵头单位：/d
  /^      - 时限：/d
}
