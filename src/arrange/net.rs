//! A small network of numbers (a perceptron with one hidden layer; Rumelhart, Hinton and Williams 1986):
//! what many measures say together where each for itself does not say it. Knows numbers, and not what they
//! mean.

/// A network of `IN` inputs and `HIDDEN` units. Its numbers are in ten-thousandths.
pub(super) struct Net<const IN: usize, const HIDDEN: usize> {
    /// What is taken from each input, and what the rest is multiplied by.
    pub(super) inputs: [(i32, i32); IN],
    /// What each input brings to each unit.
    pub(super) weights: [[i32; HIDDEN]; IN],
    /// Where each unit starts.
    pub(super) starts: [i32; HIDDEN],
    /// Where the answer starts, and what each unit brings to it, where it is above zero.
    pub(super) answer: (i32, [i32; HIDDEN]),
}

/// How far from its mean an input counts, in deviations: what lies farther is not known any better.
const FAR: f32 = 5.0;

impl<const IN: usize, const HIDDEN: usize> Net<IN, HIDDEN> {
    /// What it says of some inputs, as a logit.
    pub(super) fn says(&self, inputs: impl Iterator<Item = f32>) -> f32 {
        let mut units = self.starts.map(|it| it as f32);
        for ((input, (mean, scale)), weights) in inputs.zip(&self.inputs).zip(&self.weights) {
            let value = ((input - whole(*mean as f32)) * whole(*scale as f32)).clamp(-FAR, FAR);
            for (unit, weight) in units.iter_mut().zip(weights) {
                *unit += value * *weight as f32;
            }
        }
        let (start, weights) = &self.answer;
        let brought =
            units.iter().zip(weights).map(|(unit, weight)| unit.max(0.0) * *weight as f32);
        whole(*start as f32 + whole(brought.sum()))
    }
}

/// A number that is given in ten-thousandths.
fn whole(number: f32) -> f32 {
    number / 10_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Says more where both inputs are alike than where one is missing: no sum can.
    const ALIKE: Net<2, 2> = Net {
        inputs: [(5_000, 20_000), (5_000, 20_000)],
        weights: [[10_000, -10_000], [10_000, -10_000]],
        starts: [0, 0],
        answer: (-10_000, [10_000, 10_000]),
    };

    #[test]
    fn it_says_what_no_sum_says() {
        let says = |one: f32, other: f32| ALIKE.says([one, other].into_iter());
        assert!((says(1.0, 1.0) - 1.0).abs() < 1e-4 && (says(0.0, 0.0) - 1.0).abs() < 1e-4);
        assert!((says(1.0, 0.0) + 1.0).abs() < 1e-4);
    }

    #[test]
    fn what_lies_far_off_counts_no_more() {
        let says = |both: f32| ALIKE.says([both, both].into_iter());
        assert!((says(10.0) - says(100.0)).abs() < 1e-4);
    }
}
