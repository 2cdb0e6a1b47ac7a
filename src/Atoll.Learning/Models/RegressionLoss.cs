namespace Atoll.Learning.Models;

/// <summary>What a regression makes small.</summary>
public enum RegressionLoss { Squared, Huber }
