// Package transform turns returns into a Pack: indicators and actions with
// their lights, movement, summaries and the checks that need several returns.
// It is pure: the same returns, decisions and rules give the same Pack,
// in whatever order they come. It asks "does it make sense?".
//
// Read build.go first; it names the steps in their order. Then, by question:
//
//	what is a Pack?                          pack.go, selection.go, asgiven.go
//	what was said of a row, and by whom?     gather.go, reading.go, row.go
//	what light has an indicator?             indicator.go, rate.go (which rule), target.go (against its target)
//	  what is it held against?               aim.go, allowance.go
//	  which condition holds, in what words?  judge.go, arithmetic.go
//	what light and dates has an action?      action.go, timeline.go
//	how does it stand to earlier quarters?   compare.go, travel.go, lastyear.go, series.go, limits.go
//	how many are there of each light?        summary.go, counted.go
//	what do returns contradict?              across.go, agreement.go, arrivals.go, comments.go, copies.go, narrated.go, numbering.go, thread.go
//	what does a council settle?              scheme.go, scheme_check.go, register.go, register_parse.go, register_book.go, decision.go, gates.go, yaml.go
package transform
