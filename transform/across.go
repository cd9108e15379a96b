package transform

// checkAcross asks what only several rows, plans, returns, quarters or years
// together show. It changes no light.
func (b *builder) checkAcross(now *quarter) {
	t := newThread(b.in, b.all)
	b.checkThread(t, now)
	b.checkTwoPlans(now)
	b.checkNumbering(t, now)
	b.checkAgreement(now)
	b.checkCopies()
	b.checkUnchanged(now)
	b.checkComments(now)
	b.checkNarrative(now)
	b.checkArrivals()
}
