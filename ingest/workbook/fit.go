package workbook

// fit says how well a column's content suits a role, from −1 to 0.6; a column
// without content suits every role a little.
func fit(role string, s stats) float64 {
	if s.filled == 0 && s.tinted == 0 {
		return emptyFit(role)
	}
	switch role {
	case "ref":
		return fitRef(s)
	case "title", "risk", "controls", "comment":
		return fitText(role, s)
	case "due", "start", "review":
		return threshold(float64(s.count(traitDate))/float64(max(s.filled-s.count(traitNothing), 1)), 0.5, 0.5, -0.5)
	case "light", "forecast":
		return fitLight(s)
	case "status":
		return threshold(s.share(s.count(traitStatus)), 0.4, 0.45, -0.6)
	case "target", "profile", "outturn", "year_to_date", "last_year", "baseline", "benchmark", "variance", "numerator", "denominator", "score":
		return fitNumber(s)
	case "class":
		return threshold(s.share(s.count(traitClass)), 0.6, 0.5, -1)
	case "polarity":
		return threshold(s.share(s.count(traitPolarity)), 0.6, 0.5, -1)
	case "unit":
		return threshold(float64(s.average()), 16, -0.6, 0.2)
	case "indicators", "risks", "refers":
		return threshold(s.share(s.count(traitRefs)), 0.3, 0.4, -0.3)
	case "officer", "objective", "plan":
		return fitName(s)
	}
	return 0
}

func threshold(x, at, above, below float64) float64 {
	if x >= at {
		return above
	}
	return below
}

func emptyFit(role string) float64 {
	switch role {
	case "light":
		return 0.06
	case "comment", "outturn":
		return 0.05
	}
	return 0
}

func fitRef(s stats) float64 {
	switch {
	case s.filled == 0:
		return -0.5
	case s.share(s.count(traitRef)) >= 0.5:
		return 0.5
	case s.average() > 14:
		return -1
	case s.share(s.count(traitLight)) > 0.5:
		return -1
	}
	return 0.1
}

func fitText(role string, s stats) float64 {
	switch {
	case s.share(s.count(traitLight)) > 0.6 && s.average() < 12:
		return -0.8
	case s.share(s.count(traitNumber)+s.count(traitDate)+s.count(traitRef)) > 0.6 && (role != "comment" || s.average() < 10):
		return -0.8
	case s.average() >= 15:
		return 0.3
	case role == "comment":
		return 0.1
	}
	return 0
}

func fitLight(s stats) float64 {
	marked := float64(s.count(traitLight)+s.tinted) / float64(max(s.filled+s.tinted, 1))
	switch {
	case marked >= 0.5:
		return 0.6
	case marked >= 0.25 && s.average() < 20:
		return 0.2
	case s.average() <= 12: // short words that are no light: a finding each, not a column lost
		return -0.15
	}
	return -1
}

func fitNumber(s stats) float64 {
	switch share := s.share(s.count(traitFigure)); {
	case s.filled == 0:
		return -0.2
	case share >= 0.5 && s.count(traitNumber) > 0:
		return 0.45
	case share >= 0.5:
		return 0.25
	case share >= 0.2 && s.count(traitNumber) > 0:
		return 0
	case s.average() <= 40: // words where figures are wanted: a finding each, not a column lost
		return -0.35
	}
	return -1
}

func fitName(s stats) float64 {
	switch {
	case s.share(s.count(traitNumber)) > 0.5, s.share(s.count(traitDate)) > 0.5, s.share(s.count(traitLight)) > 0.4, s.share(s.count(traitPolarity)) > 0.6:
		return -0.8
	case s.average() > 120:
		return -0.5
	}
	return 0.1
}
