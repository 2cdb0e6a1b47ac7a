namespace Atoll.Learning.Data;

/// <summary>What a label is: one of a few classes, or a value.</summary>
public enum LabelTask { Classification, Regression }
