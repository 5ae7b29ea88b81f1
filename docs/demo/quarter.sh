#!/bin/sh
# 示例县的一个季度：文件导入、分工、发表、收表、延期、起算、审阅、成文。
# 用法：sh docs/demo/quarter.sh 文件夹
# 需要 planctl（附加项 all）、git 和装有 openpyxl 的 Python（PYTHON=…，默认 python3）；不联网。
# 日期都写明，哪天运行结果都相同。示例县和文件是虚构的。
set -e

if [ $# -ne 1 ]; then echo "用法：sh $0 文件夹" >&2; exit 2; fi
python=${PYTHON:-python3}
for tool in planctl git "$python"; do
    command -v "$tool" > /dev/null || { echo "没有 $tool" >&2; exit 2; }
done
"$python" -c 'import openpyxl' 2> /dev/null || { echo "$python 没有 openpyxl：pip install openpyxl，或者用 PYTHON= 指定" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
desk=$(cd "$1" && pwd)
if [ -e "$desk/方案库" ]; then echo "$desk/方案库 已经有了，请换一个文件夹" >&2; exit 2; fi
document=$here/示例县2024年法治政府建设工作要点.txt
plan=plans/示例县/示例县2024年法治政府建设工作要点.yaml
export PLANCTL_LANG=zh
export GIT_AUTHOR_NAME=督查员 GIT_AUTHOR_EMAIL=ducha@example.com GIT_COMMITTER_NAME=督查员 GIT_COMMITTER_EMAIL=ducha@example.com
unset PLANCTL_PLANS VISUAL

# 每一步的标题
step() { printf '\n== %s\n' "$*"; }

# expect 退出码 命令…：退出码不是这个，就到此为止
expect() {
    wanted=$1; shift
    code=0; "$@" || code=$?
    if [ "$code" -ne "$wanted" ]; then echo "退出码应为 $wanted，实为 $code：$*" >&2; exit 1; fi
}

# commit 日期 说明
commit() {
    git add --all
    GIT_AUTHOR_DATE="$1T09:00:00+08:00" GIT_COMMITTER_DATE="$1T09:00:00+08:00" git commit --quiet --message "$2"
}

step '4月3日 建库'
# 用不着的示例方案删去
planctl init "$desk/方案库"
cd "$desk/方案库"
git symbolic-ref HEAD refs/heads/main
rm -r plans/示例县

step '4月3日 导入文件，附核对页'
# 有待核对的，退出码是 1
expect 1 planctl import "$document" --plan-id shili-2024 --review "$desk/核对.html"
expect 1 planctl validate --strict --as-of 2024-04-03

step '4月3日 对照原文改疑问，把没有牵头单位的任务 12 分给县教育局'
# 人用编辑器改；这里由 sed 代劳
EDITOR="sed -i.bak -f '$here/review.sed'" planctl edit shili-2024/12
rm "$plan.bak"

step '4月3日 与文件逐项对照，校验，入库'
planctl verify shili-2024 "$document"
planctl validate --strict --as-of 2024-04-03
planctl fmt --check
commit 2024-04-03 导入2024年工作要点

step '4月24日、5月24日 县公安局按月报送'
planctl done shili-2024/6 --period 2024-04 --on 2024-04-24 --evidence https://example.org/paicha/4
planctl done shili-2024/6 --period 2024-05 --on 2024-05-24 --evidence https://example.org/paicha/5
commit 2024-05-24 县公安局报送4月、5月排查情况

step '5月27日 县司法局申请延期，批准'
planctl extend shili-2024/2 --to 2024-06-25 --requested 2024-05-20 --approved 2024-05-27 --by 县政府办公室 \
    --number 示政办函〔2024〕9号 --reason 新证件还在印制
commit 2024-05-27 换发执法证件延期

step '6月3日 规范性文件公布，报备的15日从这天起算'
planctl due --as-of 2024-06-02 --awaiting --task shili-2024/4
planctl event 公布 --task shili-2024/4 --on 2024-06-03 --ref 示政规〔2024〕2号
planctl due --as-of 2024-06-03 --task shili-2024/4
commit 2024-06-03 示政规〔2024〕2号公布

step '6月11日 本季度还有哪些到期'
planctl due --as-of 2024-06-11 --before 2024Q2

step '6月11日 填报表发到12个单位'
planctl sheet export --each --period 2024Q2 --as-of 2024-06-11 --reply-by 2024-06-28 --output "$desk/发出"

step '6月12日 记错了任务，撤回'
planctl progress shili-2024/3 --percent 50 --on 2024-06-12
planctl undo
git diff --quiet

step '6月20日 有人在分支上把任务 11 的期限连同原话改到年底'
# 单看这个文件，没有毛病
git switch --quiet --create 改期
sed -i.bak -e '/id: "11"/,/id: "12"/{' -e 's/due: 2024-06-30/due: 2024-12-31/' -e 's/quote: 2024年6月底前/quote: 2024年12月底前/' -e '}' "$plan"
rm "$plan.bak"
planctl validate --strict --as-of 2024-06-20
# 提交前的钩子不放行；绕过钩子的，流水线也不放行
expect 1 commit 2024-06-20 改期
GIT_AUTHOR_DATE=2024-06-20T09:00:00+08:00 GIT_COMMITTER_DATE=2024-06-20T09:00:00+08:00 git commit --quiet --no-verify --message 改期
expect 1 planctl validate --against main --as-of 2024-06-20
expect 1 planctl validate --against main --as-of 2024-06-20 --format json --output "$desk/不放行.json"
# 审阅的人看到的；与文件一对照，原话也对不上
expect 1 planctl diff main...HEAD --as-of 2024-06-20 --fail-on breaking
expect 1 planctl verify shili-2024 "$document"
git switch --quiet main
git branch --quiet --delete --force 改期

step '6月25日 县民政局改走延期：原期限保留，写明谁批准'
git switch --quiet --create 延期
planctl extend shili-2024/11 --to 2024-09-30 --requested 2024-06-20 --approved 2024-06-25 --by 县政府办公室 \
    --number 示政办函〔2024〕12号 --reason 省里的新规定尚未印发
commit 2024-06-25 修订救助办法延期
planctl validate --against main --as-of 2024-06-25
planctl diff main...HEAD --as-of 2024-06-25 --format md --output "$desk/变化.md"
planctl diff main...HEAD --as-of 2024-06-25 --report --output "$desk/任务调整对照表.docx"
git switch --quiet main
git merge --quiet --ff-only 延期

step '7月5日 收表：10个单位的能读，县民政局的文件坏了，县财政局迟报，县教育局没有交'
"$python" "$here/fill_in.py" "$desk/发出" "$desk/交回"
expect 1 planctl sheet status "$desk/交回" --fail
planctl sheet status "$desk/交回" --format json --output "$desk/填报情况.json"

step '7月5日 登记；读不了的文件和格子说明是哪一处，其余照登'
expect 1 planctl sheet merge "$desk/交回" --yes
# 再收一次，一字不变
cp "$plan" "$desk/登记后.yaml"
expect 1 planctl sheet merge "$desk/交回" --yes
cmp "$plan" "$desk/登记后.yaml"
rm "$desk/登记后.yaml"

step '7月5日 县市场监管局填了“6月31日”，打电话问清，用命令补记'
mkdir -p plans/示例县/佐证
echo '示例县2024年上半年执法案卷评查通报' > plans/示例县/佐证/案卷评查通报.txt
planctl done shili-2024/7 --period 2024-H1 --on 2024-06-28 --evidence plans/示例县/佐证/案卷评查通报.txt
planctl validate --strict --as-of 2024-07-05
commit 2024-07-05 登记第二季度填报情况

step '7月5日 记了些什么，任务 2 怎样变过来的'
planctl log --since 2024-06-12
planctl history shili-2024/2

step '7月5日 还没有办结的，发催办通知'
planctl due --as-of 2024-07-05 --overdue
planctl notice --as-of 2024-07-05 --output "$desk/通知"

step '7月5日 季度报告、日历、台账'
planctl report 季度进展 --period 2024Q2 --as-of 2024-07-05 --format docx --output "$desk/季度进展.docx"
planctl export --format ics --as-of 2024-07-05 --output "$desk/期限.ics"
planctl export --format csv --as-of 2024-07-05 --output "$desk/台账.csv"

step '7月5日 办结率和趋势'
planctl stats --by unit --as-of 2024-07-05
planctl stats --trend --git --as-of 2024-07-05
git log --format='%ad %s' --date=short
