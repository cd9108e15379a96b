package transform

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"boardpack/ingest"

	"github.com/shopspring/decimal"
)

// checkNarrative asks where the counts and percentages of a text do not add
// up, or are not those of the tables. A text that speaks of another quarter is left alone.
func (b *builder) checkNarrative(now *quarter) {
	for _, n := range b.narrative() {
		for _, s := range sentenceEnd.Split(n.Text, -1) {
			folded := ingest.Fold(s)
			saw := sharesWrong(folded)
			if saw == "" {
				saw = partsWrong(folded)
			}
			if saw == "" && !otherQuarter.MatchString(folded) {
				saw = now.countWrong(b.in.Scheme, n.Plan, folded)
			}
			if saw != "" {
				b.find(ingest.Query, "counts-do-not-agree", n.Source, "", fmt.Sprintf("the text says '%s': %s", excerpt(ingest.OneLine(s)), saw), "Correct the text or the table.")
				break
			}
		}
	}
}

const (
	numberWord = `(\d[\d,]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|all|none)`
	rowWord    = `(actions?|milestones?|(?:performance )?indicators?|pis?|measures?)`
	lightWord  = `(green|amber|red|blue)`
	stateWord  = `(green|amber|red|blue|completed?|done|achieved|met)`
)

var (
	shareOf      = regexp.MustCompile(`\b(\d[\d,]*) (?:out )?of (?:the |our |all )?(\d[\d,]*)[^.;()%\d]{0,40}\(? ?(\d+(?:\.\d+)?) ?(?:%|per ?cent)`)
	lightsOf     = regexp.MustCompile(`\b` + numberWord + ` (?:(?:of (?:the|our|these|them)|further|more|were|are|is|was|now|at|as|rated|recorded as|reported as) )*` + lightWord + `\b`)
	totalOf      = regexp.MustCompile(`\b(?:of (?:the |our )?|all |total of )?(\d[\d,]*) ` + rowWord + `\b`)
	rowsAt       = regexp.MustCompile(`\b` + numberWord + ` (further |more |other |additional )?(?:of (?:the|our) (?:\d+ )?)?` + rowWord + ` (?:(?:are|is|were|was|have|has|been|now|currently|reported|recorded|rated|shown?|that|as|at|newly|(?:their )?targets?) )+` + stateWord + `\b`)
	otherQuarter = regexp.MustCompile(`\b(?:last|previous|earlier|next|q[1-4]|quarter [1-4]|quarter (?:one|two|three|four)|year end|20\d\d|compared|by (?:the end|march)|expected|predicted|forecast)\b`)
)

var numberWords = []string{"none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"}

// spelledNumber reads "1,204" and "seven"; -1 for what is neither, such as "all".
func spelledNumber(s string) int {
	if n := slices.Index(numberWords, s); n >= 0 {
		return n
	}
	n, err := strconv.Atoi(strings.ReplaceAll(s, ",", ""))
	if err != nil {
		return -1
	}
	return n
}

// sharesWrong finds a percentage that is not that of its two numbers ("64 of
// 114 (55%)"): it must be theirs at the decimals with which it is said, rounded either way.
func sharesWrong(s string) string {
	for _, at := range shareOf.FindAllStringSubmatchIndex(s, -1) {
		if strings.HasPrefix(strings.TrimSpace(s[at[1]:]), "of ") { // the percentage is of something else
			continue
		}
		m := []string{"", s[at[2]:at[3]], s[at[4]:at[5]], s[at[6]:at[7]]}
		n, of := spelledNumber(m[1]), spelledNumber(m[2])
		said, err := decimal.NewFromString(m[3])
		if err != nil || of <= 0 || n < 0 {
			continue
		}
		if n > of {
			return fmt.Sprintf("%d is more than %d", n, of)
		}
		exact := decimal.NewFromInt(int64(n)).Mul(decimal.NewFromInt(100)).DivRound(decimal.NewFromInt(int64(of)), 8)
		unit := decimal.New(1, said.Exponent())
		if exact.Sub(said).Abs().GreaterThanOrEqual(unit) {
			return fmt.Sprintf("%d of %d is %s%%", n, of, percent(n, of).StringFixed(1))
		}
	}
	return ""
}

// partsWrong finds counts by light that are more than the total beside them.
func partsWrong(s string) string {
	lights := lightsOf.FindAllStringSubmatch(s, -1)
	totals := totalOf.FindAllStringSubmatch(s, -1)
	if len(lights) < 2 || len(totals) != 1 {
		return ""
	}
	sum, seen := 0, map[string]bool{}
	for _, m := range lights {
		n := spelledNumber(m[1])
		if n < 0 || seen[m[2]] {
			return ""
		}
		seen[m[2]] = true
		sum += n
	}
	if total := spelledNumber(totals[0][1]); total >= 0 && sum > total {
		return fmt.Sprintf("the lights add up to %d", sum)
	}
	return ""
}

// countWrong finds a number of rows of a light ("seven more indicators are now
// green") that is neither the plan's nor the board's, in all or newly so.
func (q quarter) countWrong(scheme Scheme, plan, s string) string {
	m := rowsAt.FindStringSubmatch(s)
	if m == nil || len(rowsAt.FindAllString(s, -1)) != 1 || len(lightsOf.FindAllString(s, -1)) > 1 {
		return ""
	}
	kind := "indicator"
	if strings.HasPrefix(m[3], "action") || strings.HasPrefix(m[3], "milestone") {
		kind = "action"
	}
	n, light := spelledNumber(m[1]), Light(m[4])
	switch {
	case light.IsColour():
	case kind == "action":
		light = scheme.Done
	default:
		light = Green
	}
	if n < 0 || light == "" {
		return ""
	}
	inPlan, newInPlan, inBoard, newInBoard := q.tally(kind, plan, light)
	if slices.Contains([]int{inPlan, newInPlan, inBoard, newInBoard}, n) {
		return ""
	}
	return fmt.Sprintf("%d of the plan's %ss are %s, %d of them newly, and %d of the report's", inPlan, kind, light, newInPlan, inBoard)
}

// tally counts the rows of a light in a plan and on the board, in all and newly so.
func (q quarter) tally(kind, plan string, light Light) (inPlan, newInPlan, inBoard, newInBoard int) {
	count := func(r Row, counted bool) {
		if r.Light != light {
			return
		}
		newly := r.Previous != "" && r.Previous != light
		if counted {
			inBoard++
		}
		if counted && newly {
			newInBoard++
		}
		if planKey(r.Plan) == planKey(plan) {
			inPlan++
			if newly {
				newInPlan++
			}
		}
	}
	for _, a := range q.actions {
		if kind == "action" {
			count(a.Row, true)
		}
	}
	for _, i := range q.indicators {
		if kind == "indicator" {
			count(i.Row, i.Counted)
		}
	}
	return inPlan, newInPlan, inBoard, newInBoard
}
